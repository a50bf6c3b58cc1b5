namespace Tollgate.Model.Search;

/// <summary>What the parameter <c>query</c> of lists asks for: terms of different prefixes all hold, of the same prefix any one.</summary>
public sealed record SearchQuery
{
    /// <summary>Asks for nothing, finds everything.</summary>
    public static readonly SearchQuery All = new();

    public IReadOnlyList<SearchTerm> Terms { get; init; } = [];

    /// <summary>The text without a prefix, or null.</summary>
    public SearchTerm? Text => Terms.FirstOrDefault(term => term.Prefix.Length == 0);

    public bool Has(string prefix) => Terms.Any(term => term.Prefix == prefix);

    public IEnumerable<string> Of(string prefix) => Terms.Where(term => term.Prefix == prefix).Select(term => term.Value);

    /// <summary>Reads a query, or says in a refusal what is wrong with it.</summary>
    public static SearchQuery Parse(string? query) =>
        string.IsNullOrWhiteSpace(query) ? All : new SearchQuery { Terms = new SearchReader(query.Trim()).Read() };
}
