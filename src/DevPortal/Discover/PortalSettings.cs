using System.Text.Json.Serialization;

namespace Tollgate.DevPortal.Discover;

/// <summary>What a developer's client must know of this deployment, as the REST contract shows it.</summary>
internal sealed record PortalSettings
{
    public required IReadOnlyList<string> GrantTypes { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public bool ApplicationSharingEnabled { get; init; }

    [JsonPropertyName("IsLegacyApiKeysEnabled")]
    public bool IsLegacyApiKeysEnabled { get; init; }

    public bool MapExistingAuthApps { get; init; }

    public required string ApiGatewayEndpoint { get; init; }

    public bool MonetizationEnabled { get; init; }

    public bool RecommendationEnabled { get; init; }

    [JsonPropertyName("IsUnlimitedTierPaid")]
    public bool IsUnlimitedTierPaid { get; init; }

    public IdentityProvider IdentityProvider { get; init; } = new(External: false);

    [JsonPropertyName("IsAnonymousModeEnabled")]
    public bool IsAnonymousModeEnabled { get; init; }

    [JsonPropertyName("IsPasswordChangeEnabled")]
    public bool IsPasswordChangeEnabled { get; init; }

    [JsonPropertyName("IsJWTEnabledForLoginTokens")]
    public bool IsJwtEnabledForLoginTokens { get; init; } = true;

    public bool OrgAccessControlEnabled { get; init; }

    public string? PasswordPolicyPattern { get; init; }

    public int PasswordPolicyMinLength { get; init; }

    public int PasswordPolicyMaxLength { get; init; }

    public bool ApiChatEnabled { get; init; }

    public bool AiAuthTokenProvided { get; init; }

    public bool MarketplaceAssistantEnabled { get; init; }

    public bool OrgWideAppUpdateEnabled { get; init; }

    public string DevportalMode { get; init; } = "API_ONLY";
}

/// <summary>Whether people sign in somewhere else.</summary>
internal sealed record IdentityProvider(bool External);
