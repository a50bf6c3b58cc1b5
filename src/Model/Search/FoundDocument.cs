namespace Tollgate.Model.Search;

/// <summary>What a search result shows of a document.</summary>
public sealed record FoundDocument
{
    public required string Name { get; init; }

    public required string DocType { get; init; }

    public string? OtherTypeName { get; init; }

    public string? Summary { get; init; }

    public required string SourceType { get; init; }

    public string? SourceUrl { get; init; }

    /// <summary>API_LEVEL (whoever sees the API), PRIVATE (who is signed in) or OWNER_ONLY.</summary>
    public required string Visibility { get; init; }

    /// <summary>User name of the owner.</summary>
    public required string Owner { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long UpdatedAt { get; init; }
}
