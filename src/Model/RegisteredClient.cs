namespace Tollgate.Model;

/// <summary>An OAuth client that a person registered to call the REST APIs with; it belongs to no application and subscribes to nothing.</summary>
public sealed record RegisteredClient
{
    public required string ClientId { get; init; }

    public required string Organization { get; init; }

    /// <summary>User name of the owner.</summary>
    public required string Owner { get; init; }

    /// <summary>Unique among the owner's clients.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret, lower-case hex.</summary>
    public required string SecretHash { get; init; }

    public required IReadOnlyList<string> GrantTypes { get; init; }

    public string? CallbackUrl { get; init; }

    /// <summary>Meant for users of all organizations.</summary>
    public bool SaasApp { get; init; }

    /// <summary>As of an <see cref="Application"/>.</summary>
    public string TokenType { get; init; } = "JWT";

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>What the token endpoint reads of an application's client.</summary>
    public Credential AsCredential() => new()
    {
        ConsumerKey = ClientId,
        KeyMappingId = ClientId,
        ApplicationId = ClientId,
        Organization = Organization,
        SecretHash = SecretHash,
        GrantTypes = GrantTypes,
        CallbackUrl = CallbackUrl,
        CreatedAt = CreatedAt,
    };

    public Application AsApplication() => new()
    {
        Id = ClientId,
        Organization = Organization,
        Name = Name,
        Owner = Owner,
        ThrottlingPolicy = ThrottlingPolicy.Unlimited,
        TokenType = TokenType,
        CreatedAt = CreatedAt,
    };
}
