namespace Tollgate.Model;

/// <summary>A key that calls APIs by itself: of an application for all it subscribed to, or of one API, lent to an application.</summary>
public sealed record ApiKey
{
    public required string Id { get; init; }

    public required string Organization { get; init; }

    /// <summary>Empty for a self-contained key that was not named.</summary>
    public string Name { get; init; } = "";

    /// <summary>The application it calls for; null for a key of an API that is lent to none.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>The only API it calls; null for every API that the application subscribed to.</summary>
    public string? ApiId { get; init; }

    public KeyType KeyType { get; init; }

    /// <summary>SHA-256 of the key, lower-case hex; the key itself is shown once and not kept.</summary>
    public required string Hash { get; init; }

    /// <summary>The <c>jti</c> of a self-contained key; null for an opaque one.</summary>
    public string? TokenId { get; init; }

    /// <summary>User name of whoever made it.</summary>
    public required string Owner { get; init; }

    /// <summary>Addresses and networks it may be used from, separated by commas; null for anywhere.</summary>
    public string? PermittedIp { get; init; }

    /// <summary>Patterns of the Referer header it may be used with, separated by commas; null for any.</summary>
    public string? PermittedReferer { get; init; }

    /// <summary>Life in seconds; <see cref="NoEnd"/> for ever.</summary>
    public long Validity { get; init; } = NoEnd;

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix time in milliseconds; 0 when it was not used yet.</summary>
    public long LastUsedAt { get; init; }

    public const long NoEnd = -1;

    /// <summary>A hundred years: whoever wants more says that it has no end.</summary>
    public const long MaxValidity = 100L * 365 * 24 * 3600;

    /// <summary>Unix second at which it ends; <see cref="long.MaxValue"/> for never.</summary>
    public long ExpiresAt => Validity == NoEnd ? long.MaxValue : (CreatedAt / 1000) + Validity;
}
