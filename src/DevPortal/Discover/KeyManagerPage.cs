using System.Text.Json.Serialization;
using Tollgate.DevPortal.Keys;
using Tollgate.Model;

namespace Tollgate.DevPortal.Discover;

/// <summary>A key manager as developers see it: what they can ask of it, and where.</summary>
internal sealed record KeyManagerPage
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Type { get; init; }

    public required string DisplayName { get; init; }

    public required string Description { get; init; }

    public bool Enabled { get; init; }

    public required IReadOnlyList<string> AvailableGrantTypes { get; init; }

    public required string TokenEndpoint { get; init; }

    public required string RevokeEndpoint { get; init; }

    public bool EnableTokenGeneration { get; init; }

    public bool EnableTokenEncryption { get; init; }

    public bool EnableTokenHashing { get; init; }

    [JsonPropertyName("enableOAuthAppCreation")]
    public bool EnableOAuthAppCreation { get; init; }

    [JsonPropertyName("enableMapOAuthConsumerApps")]
    public bool EnableMapOAuthConsumerApps { get; init; }

    public required IReadOnlyList<KeyField> ApplicationConfiguration { get; init; }

    public string TokenType { get; init; } = "DIRECT";

    /// <summary>The key manager that is part of the product.</summary>
    public static KeyManagerPage Resident(string baseUrl) => new()
    {
        Id = "resident",
        Name = Credential.ResidentKeyManager,
        Type = "default",
        DisplayName = Credential.ResidentKeyManager,
        Description = "The key manager of this deployment.",
        Enabled = true,
        AvailableGrantTypes = KeyGrants.Offered,
        TokenEndpoint = baseUrl + "/oauth2/token",
        RevokeEndpoint = baseUrl + "/oauth2/revoke",
        EnableTokenGeneration = true,
        EnableTokenHashing = true,
        EnableOAuthAppCreation = true,
        EnableMapOAuthConsumerApps = true,
        ApplicationConfiguration = KeyTerms.Fields,
    };
}
