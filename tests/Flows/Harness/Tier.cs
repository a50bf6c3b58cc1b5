namespace Tollgate.Flows.Harness;

/// <summary>Which tests run: <c>./dev test</c> those that a contributor waits for, <c>./dev test --all</c> every one.</summary>
public static class Tier
{
    /// <summary>A start of a node takes about two seconds of a processor: these tests would be half of what a contributor waits for.</summary>
    public const string OwnNode = "starts nodes of its own: part of ./dev test --all";

    public static bool IsAll => Environment.GetEnvironmentVariable("TOLLGATE_TESTS") is "all" or "stress";
}
