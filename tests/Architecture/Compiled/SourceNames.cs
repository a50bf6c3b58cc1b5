using System.Text.RegularExpressions;

namespace Tollgate.Architecture.Compiled;

/// <summary>Leads what the compiler made of a method (state machine, closure, local function) back to the method in the source.</summary>
internal static partial class SourceNames
{
    /// <summary>True for names that no source can declare.</summary>
    public static bool IsGenerated(string name) => name.Contains('<', StringComparison.Ordinal);

    /// <summary>The innermost type that stands in the source: <c>A.B</c> for <c>A.B.&lt;&gt;c__DisplayClass1_0</c>.</summary>
    public static string Type(string fullName)
    {
        var generated = fullName.IndexOf(".<", StringComparison.Ordinal);
        return generated < 0 ? fullName : fullName[..generated];
    }

    /// <summary>The method in the source that a compiled method is a part of.</summary>
    public static string Method(string typeName, string methodName)
    {
        var machine = IsStateMachine(typeName) ? typeName[(typeName.LastIndexOf(".<", StringComparison.Ordinal) + 1)..] : "";
        return Enclosing(methodName) ?? Enclosing(machine) ?? methodName;
    }

    /// <summary>True for the type that an iterator or an async method became.</summary>
    public static bool IsStateMachine(string typeName) => StateMachine().IsMatch(typeName);

    /// <summary>True for the object that carries captured variables into a lambda.</summary>
    public static bool IsClosure(string typeName) => typeName.Contains("<>c__DisplayClass", StringComparison.Ordinal);

    // Lambdas are <Method>b__1_0, local functions <Method>g__Name|1_0, state machines <Method>d__1; within each other <<Method>b__0>d.
    private static string? Enclosing(string name) => InAngles().Match(name) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("^<+([^<>]+)>")]
    private static partial Regex InAngles();

    [GeneratedRegex(@">d(__\d+)?(`\d+)?$")]
    private static partial Regex StateMachine();
}
