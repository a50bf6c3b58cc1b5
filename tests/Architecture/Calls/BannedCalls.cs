using Tollgate.Architecture.Compiled;

namespace Tollgate.Architecture.Calls;

/// <summary>A member that production code does not use, and what it uses instead.</summary>
/// <param name="Type">The type that has it.</param>
/// <param name="Member">Its name in metadata; null for all members of the type.</param>
/// <param name="Instead">What to do.</param>
internal sealed record BannedCall(string Type, string? Member, string Instead)
{
    /// <summary>A parameter type that makes the call a good one.</summary>
    public string? UnlessWith { get; init; }

    /// <summary>Assemblies that are about this very thing.</summary>
    public string[] Except { get; init; } = [];

    public bool Matches(MemberUse use) =>
        use.Type == Type && (Member is null || use.Member == Member) && (UnlessWith is null || !use.Parameters.Contains(UnlessWith));
}

/// <summary>Time, chance and the end of the process come from outside; nothing blocks a thread that it does not own.</summary>
internal static class BannedCalls
{
    private const string Clock = "take a TimeProvider through the constructor";
    private const string Dice = "take chance through the constructor; secrets come from RandomNumberGenerator";
    private const string Await = "await it";
    private const string AsyncVoid = "is async void: nobody can wait for it, and what it throws ends the process. Return a Task";

    public static readonly IReadOnlyList<BannedCall> Table =
    [
        new("System.DateTime", "get_Now", Clock),
        new("System.DateTime", "get_UtcNow", Clock),
        new("System.DateTime", "get_Today", Clock),
        new("System.DateTimeOffset", "get_Now", Clock),
        new("System.DateTimeOffset", "get_UtcNow", Clock),
        new("System.Random", "get_Shared", Dice),
        new("System.Random", ".ctor", Dice),
        new("System.Threading.Thread", "Sleep", "await Task.Delay with a TimeProvider"),
        new("System.Threading.Tasks.Task", "Delay", "pass a TimeProvider") { UnlessWith = "System.TimeProvider" },
        new("System.Environment", "Exit", "return an exit code, or stop the host"),
        new("System.Console", null, "log it; only the command line talks to the console") { Except = ["Tollgate", "Cli"] },
        new("System.Threading.Tasks.Task", "Wait", Await),
        new("System.Threading.Tasks.Task", "WaitAll", Await),
        new("System.Threading.Tasks.Task", "WaitAny", Await),
        new("System.Threading.Tasks.Task`1", "get_Result", Await),
        new("System.Threading.Tasks.ValueTask`1", "get_Result", Await),
    ];

    public static IEnumerable<Finding> Check(CompiledAssembly assembly)
    {
        var banned = Table.Where(call => !call.Except.Contains(assembly.Name)).ToList();
        return assembly.Methods.Where(method => method.Lines is not null).SelectMany(method => Check(method, banned))
            .Concat(
                from method in assembly.Methods
                where method.IsAsyncVoid
                select new Finding(method.FullName, AsyncVoid));
    }

    private static IEnumerable<Finding> Check(CompiledMethod method, List<BannedCall> banned)
    {
        foreach (var use in method.Uses)
        {
            if (banned.Find(call => call.Matches(use)) is { } call)
            {
                yield return new Finding(method.FullName, $"uses {call.Type}.{use.Member}; {call.Instead}");
            }
            else if (BlocksOnAwaiter(method, use))
            {
                yield return new Finding(method.FullName, $"blocks on an awaiter; {Await}");
            }
        }
    }

    // In an async method the compiler itself calls GetResult, once the task is done; elsewhere it is the author who blocks.
    private static bool BlocksOnAwaiter(CompiledMethod method, MemberUse use) =>
        use.Member == "GetResult" && !method.IsInStateMachine
        && use.Type.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal);
}
