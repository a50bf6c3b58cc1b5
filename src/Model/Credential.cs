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

    /// <summary>Life of access tokens in seconds.</summary>
    public long AccessTokenValidity { get; init; }

    /// <summary>Tokens issued up to this Unix second are refused (secret regenerated).</summary>
    public long NotBefore { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>The longest life an access token may have, in seconds: one year.</summary>
    public const long MaxAccessTokenValidity = 31_536_000;

    /// <summary>Name of the key manager that is part of the product.</summary>
    public const string ResidentKeyManager = "Resident Key Manager";
}
