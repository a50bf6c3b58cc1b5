using Tollgate.Model;

namespace Tollgate.Storage.Applications;

/// <summary>A row of credentials as the driver fills it.</summary>
internal sealed record CredentialRow
{
    public const string Columns =
        """
        consumer_key, key_mapping_id, application_id, organization, key_type, key_manager, secret_hash, grant_types, callback_url,
        access_token_validity, origin, terms, not_before, created_at
        """;

    public string ConsumerKey { get; init; } = "";

    public string KeyMappingId { get; init; } = "";

    public string ApplicationId { get; init; } = "";

    public string Organization { get; init; } = "";

    public string KeyType { get; init; } = "";

    public string KeyManager { get; init; } = "";

    public string SecretHash { get; init; } = "";

    public string GrantTypes { get; init; } = "";

    public string? CallbackUrl { get; init; }

    public long AccessTokenValidity { get; init; }

    public string Origin { get; init; } = "";

    public string? Terms { get; init; }

    public long NotBefore { get; init; }

    public long CreatedAt { get; init; }

    public Credential ToCredential() => new()
    {
        ConsumerKey = ConsumerKey,
        KeyMappingId = KeyMappingId,
        ApplicationId = ApplicationId,
        Organization = Organization,
        KeyType = EnumText<KeyType>.Parse(KeyType),
        KeyManager = KeyManager,
        SecretHash = SecretHash,
        GrantTypes = ModelJson.Read<IReadOnlyList<string>>(GrantTypes),
        CallbackUrl = CallbackUrl,
        AccessTokenValidity = AccessTokenValidity,
        IsMapped = Origin == CredentialRows.Mapped,
        Terms = Terms is null ? new TokenTerms() : ModelJson.Read<TokenTerms>(Terms),
        NotBefore = NotBefore,
        CreatedAt = CreatedAt,
    };
}
