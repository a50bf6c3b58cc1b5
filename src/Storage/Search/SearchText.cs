using Tollgate.Model.Search;

namespace Tollgate.Storage.Search;

/// <summary>What kind of thing a full-text entry stands for; the names are those of search results.</summary>
public enum SearchKind
{
    /// <summary>An API by its names, tags and descriptions.</summary>
    Api,

    /// <summary>The definition of an API.</summary>
    Definition,

    /// <summary>A document of an API.</summary>
    Document,
}

/// <summary>An entry of the full-text index.</summary>
internal sealed record SearchText
{
    /// <summary>Unique: the id of the API (with a suffix for its definition) or of the document.</summary>
    public required string Id { get; init; }

    public required string ApiId { get; init; }

    public required SearchKind Kind { get; init; }

    /// <summary>Who beside admission to the API finds the entry: empty for everybody, else a key of <see cref="Viewer"/>.</summary>
    public string Audience { get; init; } = "";

    /// <summary>What a result shows of a document.</summary>
    public FoundDocument? Document { get; init; }

    public required Words Words { get; init; }
}
