using System.Text.Json;
using Tollgate.Model;

namespace Tollgate.KeyManager.Register;

/// <summary>What a script sends to get a client for the REST APIs.</summary>
internal sealed record ClientRequest
{
    public string? ClientName { get; init; }

    public string? Owner { get; init; }

    public string? CallbackUrl { get; init; }

    /// <summary>Grant types, separated by spaces.</summary>
    public string? GrantType { get; init; }

    public bool SaasApp { get; init; }

    public string? TokenType { get; init; }

    /// <summary>Of older scripts; there is one kind of token for REST APIs.</summary>
    public string? TokenScope { get; init; }

    /// <summary>Accepted and without effect: subjects never carry a user store's name.</summary>
    public JsonElement? UserstoreDomainInSubject { get; init; }
}

/// <summary>A registered client as the REST contract shows it, which has the flag as a text.</summary>
internal sealed record ClientResource(
    string ClientId, string ClientSecret, string ClientName, string? CallbackUrl, string IsSaasApplication, string AppOwner, string JsonString,
    string JsonAppAttribute, string TokenType)
{
    public static ClientResource Of(RegisteredClient client, string secret) => new(
        client.ClientId, secret, client.Name, client.CallbackUrl, client.SaasApp ? "true" : "false", client.Owner,
        JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["grant_types"] = string.Join(' ', client.GrantTypes),
            ["redirect_uris"] = client.CallbackUrl ?? "",
            ["client_name"] = client.Name,
        }),
        "{}", client.TokenType);
}
