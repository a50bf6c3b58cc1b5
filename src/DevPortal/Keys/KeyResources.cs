using Tollgate.Model;

namespace Tollgate.DevPortal.Keys;

/// <summary>What a client sends to get keys.</summary>
internal sealed record KeyRequest
{
    public required string KeyType { get; init; }

    public string? KeyManager { get; init; }

    public required IReadOnlyList<string> GrantTypesToBeSupported { get; init; }

    public string? CallbackUrl { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Life of access tokens in seconds, as text; -1 for as long as possible.</summary>
    public string? ValidityTime { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    public IReadOnlyDictionary<string, object>? AdditionalProperties { get; init; }
}

/// <summary>What a client sends to change keys; read-only fields are accepted and ignored.</summary>
internal sealed record KeyChange
{
    public IReadOnlyList<string>? SupportedGrantTypes { get; init; }

    /// <summary>Null keeps what is stored, empty removes it.</summary>
    public string? CallbackUrl { get; init; }

    public IReadOnlyDictionary<string, object>? AdditionalProperties { get; init; }

    public object? KeyMappingId { get; init; }

    public object? KeyManager { get; init; }

    public object? ConsumerKey { get; init; }

    public object? ConsumerSecret { get; init; }

    public object? ConsumerSecrets { get; init; }

    public object? KeyState { get; init; }

    public object? KeyType { get; init; }

    public object? Mode { get; init; }

    public object? GroupId { get; init; }

    public object? Token { get; init; }
}

/// <summary>Keys as the REST contract shows them; the secret only in the answer that made it.</summary>
internal sealed record KeyResource
{
    public required string KeyMappingId { get; init; }

    public required string KeyManager { get; init; }

    public string? ConsumerKey { get; init; }

    public string? ConsumerSecret { get; init; }

    public required IReadOnlyList<string> SupportedGrantTypes { get; init; }

    public string? CallbackUrl { get; init; }

    public string KeyState { get; init; } = "COMPLETED";

    public required string KeyType { get; init; }

    public required string Mode { get; init; }

    public required IReadOnlyDictionary<string, object> AdditionalProperties { get; init; }

    public static KeyResource Of(Credential credential, string? secret = null) => new()
    {
        KeyMappingId = credential.KeyMappingId,
        KeyManager = credential.KeyManager,
        ConsumerKey = credential.ConsumerKey,
        ConsumerSecret = secret,
        SupportedGrantTypes = credential.GrantTypes,
        CallbackUrl = credential.CallbackUrl,
        KeyType = EnumText<KeyType>.Of(credential.KeyType),
        Mode = credential.IsMapped ? "MAPPED" : "CREATED",
        AdditionalProperties = KeyTerms.Of(credential),
    };

    /// <summary>Keys that are asked for, or were refused.</summary>
    public static KeyResource Waiting(Credential credential, string state) => Of(credential) with { ConsumerKey = null, KeyState = state };
}

/// <summary>The answer to a regenerated secret.</summary>
internal sealed record RegeneratedSecret(string ConsumerKey, string ConsumerSecret);
