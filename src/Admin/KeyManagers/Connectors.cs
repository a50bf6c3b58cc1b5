namespace Tollgate.Admin.KeyManagers;

/// <summary>A property that a connector needs to manage clients at its key manager.</summary>
internal sealed record ConnectorProperty(string Name, string Label, bool Required = true, bool Mask = false);

/// <summary>A kind of key manager.</summary>
internal sealed record Connector(string Type, string DisplayName, IReadOnlyList<ConnectorProperty> Properties)
{
    public string ConsumerKeyClaim { get; init; } = "azp";

    public string ScopesClaim { get; init; } = "scope";
}

/// <summary>The kinds of key managers, written once.</summary>
internal static class Connectors
{
    private static readonly ConnectorProperty ClientId = new("client_id", "Client ID");
    private static readonly ConnectorProperty ClientSecret = new("client_secret", "Client Secret", Mask: true);

    public static readonly IReadOnlyList<Connector> All =
    [
        new("WSO2-IS", "WSO2 Identity Server", [new("Username", "Username"), new("Password", "Password", Mask: true)]),
        new("WSO2-IS-7", "WSO2 Identity Server 7", [new("Username", "Username"), new("Password", "Password", Mask: true)]),
        new("Okta", "Okta", [ClientId, ClientSecret, new("apiKey", "API Key", Mask: true)])
        {
            ConsumerKeyClaim = "cid",
            ScopesClaim = "scp",
        },
        new("Auth0", "Auth0", [ClientId, ClientSecret, new("audience", "Audience")]),
        new("KeyCloak", "Keycloak", [ClientId, ClientSecret]),
        new("PingFederate", "PingFederate", [new("username", "Username"), new("password", "Password", Mask: true)]) { ConsumerKeyClaim = "client_id" },
        new("Forgerock", "ForgeRock", [ClientId, ClientSecret]) { ConsumerKeyClaim = "aud" },
        new("AzureAD", "Azure AD", [new("microsoft_graph_endpoint", "Microsoft Graph Endpoint"), ClientId, ClientSecret]) { ScopesClaim = "scp" },
        new("Asgardeo", "Asgardeo", [ClientId, ClientSecret]),
        new("Custom", "Custom", []),
    ];

    public static Connector? Find(string? type) => All.FirstOrDefault(connector => connector.Type.Equals(type, StringComparison.OrdinalIgnoreCase));
}
