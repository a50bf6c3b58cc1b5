using System.Collections.Immutable;

namespace Tollgate.Architecture.Compiled;

/// <summary>A member that a method body calls or reads.</summary>
/// <param name="Type">The type that has it.</param>
/// <param name="Member">Its name in metadata: <c>get_Now</c>, <c>.ctor</c>.</param>
/// <param name="Parameters">Parameter types of a method.</param>
/// <param name="Mentions">Every type the reference names, arguments included.</param>
internal sealed record MemberUse(string Type, string Member, ImmutableArray<string> Parameters, ImmutableArray<string> Mentions);
