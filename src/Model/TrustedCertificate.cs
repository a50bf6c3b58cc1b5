namespace Tollgate.Model;

/// <summary>Whose certificate it is.</summary>
public enum CertificatePurpose
{
    /// <summary>A back end presents it.</summary>
    Endpoint,

    /// <summary>Callers of an API present it, to its production endpoint.</summary>
    Production,

    /// <summary>Callers of an API present it, to its sandbox endpoint.</summary>
    Sandbox,
}

/// <summary>A certificate that publishers trust, under an alias of theirs.</summary>
public sealed record TrustedCertificate
{
    public const int MaxAlias = 30;

    public required string Id { get; init; }

    public required string Organization { get; init; }

    /// <summary>The API that its holders may call; empty for a back end's.</summary>
    public string ApiId { get; init; } = "";

    public required CertificatePurpose Purpose { get; init; }

    /// <summary>Unique for its purpose, whatever the case.</summary>
    public required string Alias { get; init; }

    /// <summary>The back end's URL, or the plan of its holders.</summary>
    public required string Target { get; init; }

    /// <summary>PEM.</summary>
    public required string Content { get; init; }

    public long RowVersion { get; init; }
}
