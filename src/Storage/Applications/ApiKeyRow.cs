using Tollgate.Model;

namespace Tollgate.Storage.Applications;

/// <summary>A row of api_keys as the driver fills it.</summary>
internal sealed record ApiKeyRow
{
    public const string Columns =
        """
        k.id, k.organization, k.name, k.application_id, k.api_id, k.key_type, k.key_hash, k.token_id, k.owner, k.permitted_ip,
        k.permitted_referer, k.validity, k.created_at, k.last_used_at
        """;

    public string Id { get; init; } = "";

    public string Organization { get; init; } = "";

    public string Name { get; init; } = "";

    public string? ApplicationId { get; init; }

    public string? ApiId { get; init; }

    public string KeyType { get; init; } = "";

    public string KeyHash { get; init; } = "";

    public string? TokenId { get; init; }

    public string Owner { get; init; } = "";

    public string? PermittedIp { get; init; }

    public string? PermittedReferer { get; init; }

    public long Validity { get; init; }

    public long CreatedAt { get; init; }

    public long LastUsedAt { get; init; }

    /// <summary>Only with the names joined in.</summary>
    public string? ApplicationName { get; init; }

    public string? ApiName { get; init; }

    public ApiKey ToApiKey() => new()
    {
        Id = Id,
        Organization = Organization,
        Name = Name,
        ApplicationId = ApplicationId,
        ApiId = ApiId,
        KeyType = EnumText<KeyType>.Parse(KeyType),
        Hash = KeyHash,
        TokenId = TokenId,
        Owner = Owner,
        PermittedIp = PermittedIp,
        PermittedReferer = PermittedReferer,
        Validity = Validity,
        CreatedAt = CreatedAt,
        LastUsedAt = LastUsedAt,
    };

    public NamedApiKey ToNamed() => new(ToApiKey(), ApplicationName, ApiName);
}

/// <summary>A key with the names of what it belongs to.</summary>
public sealed record NamedApiKey(ApiKey Key, string? ApplicationName, string? ApiName);
