using Tollgate.Model;
using Tollgate.Model.Search;
using Tollgate.Storage.Search;

namespace Tollgate.Storage.Apis;

/// <summary>Which APIs a list shows, to whom, in which order.</summary>
public sealed record ApiQuery
{
    public required string Organization { get; init; }

    public required Viewer Viewer { get; init; }

    public SearchQuery Search { get; init; } = SearchQuery.All;

    /// <summary>Only these states; null for all.</summary>
    public IReadOnlyList<LifecycleState>? States { get; init; }

    /// <summary>Only API products, or none of them; null for both.</summary>
    public bool? Products { get; init; }

    /// <summary>Of several versions that the viewer may see, only the one created last.</summary>
    public bool NewestOnly { get; init; }

    public ApiOrder Order { get; init; }

    public bool Descending { get; init; }

    // The id last, so that pages never overlap.
    internal string OrderBy
    {
        get
        {
            var direction = Descending ? " DESC" : "";
            return string.Join(", ", Columns.Select(column => $"a.{column}{direction}"));
        }
    }

    private string[] Columns => Order switch
    {
        ApiOrder.Created => ["created_at", "id"],
        ApiOrder.Updated => ["updated_at", "id"],
        ApiOrder.Provider => ["provider", "name_key", "version", "id"],
        ApiOrder.Version => ["version", "name_key", "id"],
        ApiOrder.State => ["state", "name_key", "version", "id"],
        _ => ["name_key", "version", "id"],
    };
}

/// <summary>What a list of APIs is ordered by.</summary>
public enum ApiOrder
{
    Name,
    Version,
    Provider,
    State,
    Created,
    Updated,
}
