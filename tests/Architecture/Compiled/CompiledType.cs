using System.Collections.Immutable;
using System.Reflection;

namespace Tollgate.Architecture.Compiled;

/// <summary>A type of an assembly.</summary>
/// <param name="FullName">Namespace, enclosing types and name.</param>
/// <param name="Namespace">Its namespace, that of the outermost type for a nested one.</param>
/// <param name="Attributes">Visibility and modifiers.</param>
/// <param name="IsPublic">True when other assemblies see it.</param>
/// <param name="Base">The base type; null for an interface.</param>
/// <param name="Interfaces">Interfaces it declares.</param>
/// <param name="Mentions">Every type that its fields, base and interfaces name.</param>
/// <param name="Methods">Its methods with a body.</param>
internal sealed record CompiledType(
    string FullName, string Namespace, TypeAttributes Attributes, bool IsPublic, string? Base, ImmutableArray<string> Interfaces,
    ImmutableArray<string> Mentions, ImmutableArray<CompiledMethod> Methods)
{
    /// <summary>The name alone, without its arity.</summary>
    public string Name => FullName[(FullName.LastIndexOf('.') + 1)..].Split('`')[0];

    public bool IsGenerated => SourceNames.IsGenerated(FullName);

    public bool IsInterface => Attributes.HasFlag(TypeAttributes.Interface);

    public bool IsAbstract => Attributes.HasFlag(TypeAttributes.Abstract);

    public bool IsSealed => Attributes.HasFlag(TypeAttributes.Sealed);
}
