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

/// <summary>Keys as the REST contract shows them; the secret only in the answer that made it.</summary>
internal sealed record KeyResource
{
    public required string KeyMappingId { get; init; }

    public required string KeyManager { get; init; }

    public required string ConsumerKey { get; init; }

    public string? ConsumerSecret { get; init; }

    public required IReadOnlyList<string> SupportedGrantTypes { get; init; }

    public string? CallbackUrl { get; init; }

    public string KeyState { get; init; } = "COMPLETED";

    public required string KeyType { get; init; }

    public string Mode { get; init; } = "CREATED";

    public static KeyResource Of(Credential credential, string? secret) => new()
    {
        KeyMappingId = credential.KeyMappingId,
        KeyManager = credential.KeyManager,
        ConsumerKey = credential.ConsumerKey,
        ConsumerSecret = secret,
        SupportedGrantTypes = credential.GrantTypes,
        CallbackUrl = credential.CallbackUrl,
        KeyType = EnumText<KeyType>.Of(credential.KeyType),
    };
}

/// <summary>The answer to a regenerated secret.</summary>
internal sealed record RegeneratedSecret(string ConsumerKey, string ConsumerSecret);
