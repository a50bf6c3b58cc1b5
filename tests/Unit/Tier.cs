namespace Tollgate.Unit;

/// <summary>Which tests run: <c>./dev test</c> those that a contributor waits for, <c>./dev test --all</c> every one.</summary>
public static class Tier
{
    /// <summary>Seconds of processor time for one test, where the others take milliseconds.</summary>
    public const string Large = "large data: part of ./dev test --all";

    public static bool IsAll => Environment.GetEnvironmentVariable("TOLLGATE_TESTS") is "all" or "stress";
}
