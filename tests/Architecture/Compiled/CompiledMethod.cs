using System.Collections.Immutable;

namespace Tollgate.Architecture.Compiled;

/// <summary>Lines of a source file, first and last included; the path is relative to the repository's root.</summary>
internal sealed record LineSpan(string Path, int First, int Last)
{
    public int Count => Last - First + 1;
}

/// <summary>A compiled method body, and the method in the source that it is a part of.</summary>
/// <param name="Type">The type in the source.</param>
/// <param name="Name">The method in the source.</param>
/// <param name="CompiledType">The type that holds the body: a closure or a state machine, or the type itself.</param>
/// <param name="Lines">Where the body stands; null for what no source file has (generated code, accessors, stubs of async methods).</param>
/// <param name="IsAsyncVoid">True for an async method that nobody can wait for.</param>
/// <param name="Uses">Members it calls or reads.</param>
/// <param name="Strings">Its string literals.</param>
/// <param name="Mentions">Every type that its signature and body name.</param>
internal sealed record CompiledMethod(
    string Type, string Name, string CompiledType, LineSpan? Lines, bool IsAsyncVoid, ImmutableArray<MemberUse> Uses,
    ImmutableArray<string> Strings, ImmutableArray<string> Mentions)
{
    public string FullName => $"{Type}.{Name}";

    public bool IsInStateMachine => SourceNames.IsStateMachine(CompiledType);
}
