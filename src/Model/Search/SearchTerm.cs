namespace Tollgate.Model.Search;

/// <summary>One condition of a search.</summary>
/// <param name="Prefix">What is searched, by its one name; empty for text without a prefix.</param>
/// <param name="Value">What is looked for; a star stands for anything unless the term is exact.</param>
/// <param name="Exact">Given in quotes: the whole value and not a part of it.</param>
public sealed record SearchTerm(string Prefix, string Value, bool Exact);
