using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>Which endpoints a credential's tokens reach.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<KeyType>))]
public enum KeyType
{
    [JsonStringEnumMemberName("PRODUCTION")] Production,
    [JsonStringEnumMemberName("SANDBOX")] Sandbox,
}

/// <summary>Consumer key and secret of an application for one key type: an OAuth 2 client.</summary>
public sealed record Credential
{
    /// <summary>Consumer key, the OAuth client id.</summary>
    public required string ConsumerKey { get; init; }

    /// <summary>Id of the mapping between application and consumer key, as the developer portal names it.</summary>
    public required string KeyMappingId { get; init; }

    public required string ApplicationId { get; init; }

    public required string Organization { get; init; }

    public KeyType KeyType { get; init; }

    public string KeyManager { get; init; } = ResidentKeyManager;

    /// <summary>SHA-256 of the generated secret, lower-case hex; the secret itself is shown once and not kept.</summary>
    public required string SecretHash { get; init; }

    public IReadOnlyList<string> GrantTypes { get; init; } = [];

    public string? CallbackUrl { get; init; }

    /// <summary>Life of access tokens in seconds; 0 takes the system's setting.</summary>
    public long AccessTokenValidity { get; init; }

    public TokenTerms Terms { get; init; } = new();

    /// <summary>True when the client existed before an application took it over.</summary>
    public bool IsMapped { get; init; }

    /// <summary>Tokens issued up to this Unix second are refused (secret regenerated).</summary>
    public long NotBefore { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>The longest life an access token may have, in seconds: one year.</summary>
    public const long MaxAccessTokenValidity = 31_536_000;

    /// <summary>Name of the key manager that is part of the product.</summary>
    public const string ResidentKeyManager = "Resident Key Manager";
}

/// <summary>What an owner chose for the tokens of his keys, beside the life of access tokens.</summary>
public sealed record TokenTerms
{
    /// <summary>Life of access tokens that speak for a user, in seconds; 0 takes the system's setting, null that of other access tokens.</summary>
    public long? UserTokenValidity { get; init; }

    /// <summary>Life of refresh tokens in seconds; 0 takes the system's setting.</summary>
    public long RefreshTokenValidity { get; init; }

    /// <summary>Life of ID tokens in seconds; 0 takes the system's setting.</summary>
    public long IdTokenValidity { get; init; }

    public bool PkceMandatory { get; init; }

    public bool PkceSupportPlain { get; init; }

    /// <summary>The client does not authenticate where it proves itself otherwise.</summary>
    public bool BypassClientCredentials { get; init; }
}

/// <summary>One of the secrets of a consumer key; the secret itself is shown once and not kept.</summary>
public sealed record ClientSecret
{
    public required string Id { get; init; }

    public string? Description { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix second after which it is refused; 0 for never.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>A name for the secret that says nothing about it: the beginning of the hash of 256 random bits.</summary>
    public static string IdOf(string secretHash) => "sec_" + secretHash[..16];
}
