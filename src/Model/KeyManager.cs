using System.Text.Json;

namespace Tollgate.Model;

/// <summary>Who issues tokens and vouches for them, beside the resident key manager.</summary>
public sealed record KeyManager
{
    public required string Id { get; init; }

    public required string Organization { get; init; }

    public required string Name { get; init; }

    /// <summary>Name of the connector, for example KeyCloak.</summary>
    public required string Type { get; init; }

    /// <summary>Everything that is no secret.</summary>
    public required KeyManagerTerms Terms { get; init; }

    /// <summary>Values of connector properties that are secret; sealed where they are stored.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    public long RowVersion { get; init; }
}

/// <summary>What an administrator says about a key manager; field names are those of the admin REST contract.</summary>
public record KeyManagerTerms
{
    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public string? WellKnownEndpoint { get; init; }

    public string? IntrospectionEndpoint { get; init; }

    public string? ClientRegistrationEndpoint { get; init; }

    public string? TokenEndpoint { get; init; }

    public string? DisplayTokenEndpoint { get; init; }

    public string? RevokeEndpoint { get; init; }

    public string? DisplayRevokeEndpoint { get; init; }

    public string? UserInfoEndpoint { get; init; }

    public string? AuthorizeEndpoint { get; init; }

    public string? ScopeManagementEndpoint { get; init; }

    public IReadOnlyList<KeyManagerEndpoint> Endpoints { get; init; } = [];

    public KeyManagerCertificates? Certificates { get; init; }

    public string? Issuer { get; init; }

    public string? Alias { get; init; }

    public IReadOnlyList<string> AvailableGrantTypes { get; init; } = [];

    public bool EnableTokenGeneration { get; init; }

    public bool EnableTokenEncryption { get; init; }

    public bool EnableTokenHashing { get; init; }

    public bool EnableMapOAuthConsumerApps { get; init; }

    public bool EnableOAuthAppCreation { get; init; }

    public bool EnableSelfValidationJWT { get; init; } = true;

    public IReadOnlyList<ClaimMapping> ClaimMapping { get; init; } = [];

    public string? ConsumerKeyClaim { get; init; }

    public string? ScopesClaim { get; init; }

    public IReadOnlyList<TokenValidation> TokenValidation { get; init; } = [];

    public bool Enabled { get; init; } = true;

    /// <summary>Properties of the connector.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Roles that may (ALLOW) or may not (DENY) use it; PUBLIC or null admits everybody.</summary>
    public PlanPermissions? Permissions { get; init; }

    /// <summary>DIRECT, EXCHANGED or BOTH.</summary>
    public string TokenType { get; init; } = "DIRECT";

    public IReadOnlyList<string> AllowedOrganizations { get; init; } = [];

    /// <summary>The terms alone, where this is the part of something larger.</summary>
    public KeyManagerTerms Alone() => new(this);
}

/// <summary>An endpoint by name, for example token_endpoint.</summary>
public sealed record KeyManagerEndpoint(string Name, string Value);

/// <summary>The keys that tokens are signed with: JWKS and a URL, or PEM and a certificate.</summary>
public sealed record KeyManagerCertificates(string? Type = null, string? Value = null);

/// <summary>How a claim of the key manager is called here.</summary>
public sealed record ClaimMapping(string? RemoteClaim = null, string? LocalClaim = null);

/// <summary>Which tokens are taken for this key manager's.</summary>
public sealed record TokenValidation(int Id = 0, bool Enable = true, string? Type = null, JsonElement? Value = null);
