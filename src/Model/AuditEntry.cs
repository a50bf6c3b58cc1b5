namespace Tollgate.Model;

/// <summary>One change that a person asked for, and what came of it.</summary>
public sealed record AuditEntry
{
    /// <summary>The node that took the request; each node has a chain of its own.</summary>
    public string Node { get; init; } = "";

    /// <summary>Counts up per node, without gaps.</summary>
    public long Number { get; init; }

    public required string Organization { get; init; }

    /// <summary>User name; empty where nobody was signed in.</summary>
    public required string UserName { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public required long HappenedAt { get; init; }

    public required string Method { get; init; }

    /// <summary>The route's pattern: what was done.</summary>
    public required string Route { get; init; }

    /// <summary>Path and query: to what.</summary>
    public required string Target { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public required int Status { get; init; }

    public required string Correlation { get; init; }

    /// <summary>JSON with the parts request, before and after, secrets masked.</summary>
    public required string Details { get; init; }
}
