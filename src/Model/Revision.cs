namespace Tollgate.Model;

/// <summary>An immutable copy of an API's working copy; the only thing a gateway can serve.</summary>
public sealed record Revision
{
    public required string Id { get; init; }

    public required string ApiId { get; init; }

    /// <summary>Counts up per API and is never used twice.</summary>
    public int Number { get; init; }

    public string? Description { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    public string DisplayName => $"Revision {Number}";
}

/// <summary>A revision placed on a gateway environment and virtual host.</summary>
public sealed record Deployment
{
    public required string ApiId { get; init; }

    public required string RevisionId { get; init; }

    /// <summary>Name of the gateway environment.</summary>
    public required string Environment { get; init; }

    public required string VirtualHost { get; init; }

    public bool DisplayOnDevportal { get; init; } = true;

    /// <summary>Unix time in milliseconds.</summary>
    public long DeployedAt { get; init; }
}
