namespace Tollgate.Model.Settings;

/// <summary>
/// A named set of gateway nodes that serve the same deployments: from <c>[[apim.gateway.environment]]</c>, or made by an administrator.
/// </summary>
public sealed record GatewayEnvironment
{
    [Setting("name", "Unique name; deployments are made to it.")]
    public string Name { get; init; } = "Default";

    [Setting("type", "Which key types are served: hybrid, production or sandbox.")]
    public string Type { get; init; } = "hybrid";

    [Setting("description", "Shown to publishers.")]
    public string Description { get; init; } = "";

    [Setting("display_in_api_console", "Offer this environment in the try-it console.")]
    public bool DisplayInApiConsole { get; init; } = true;

    [Setting("provider", "Who runs the gateways.")]
    public string Provider { get; init; } = "wso2";

    [Setting("gateway_type", "Kind of gateway; only Regular is served by this program.")]
    public string GatewayType { get; init; } = "Regular";

    [Setting("http_endpoint", "URL under which callers reach the gateway over HTTP.")]
    public string HttpEndpoint { get; init; } = "http://localhost:${http.nio.port}";

    [Setting("https_endpoint", "URL under which callers reach the gateway over HTTPS.")]
    public string HttpsEndpoint { get; init; } = "https://localhost:${https.nio.port}";

    [Setting("ws_endpoint", "URL under which callers reach WebSocket APIs.")]
    public string WsEndpoint { get; init; } = "ws://localhost:${ws.port}";

    [Setting("wss_endpoint", "URL under which callers reach WebSocket APIs over TLS.")]
    public string WssEndpoint { get; init; } = "wss://localhost:${wss.port}";

    [Setting("service_url", "Management address of the gateway; read by older releases only.")]
    public string ServiceUrl { get; init; } = "";

    [Setting("show_as_token_endpoint_url", "Offer this gateway's token path in the developer portal.")]
    public bool ShowAsTokenEndpointUrl { get; init; } = true;

    [Setting("virtual_host", "Hosts under which the gateways are reached; without any, there is one with the endpoints of the environment.")]
    public IReadOnlyList<VirtualHost> VirtualHosts { get; init; } = [];

    /// <summary>All hosts; the first is the one that deployments get unless they name another.</summary>
    public IReadOnlyList<VirtualHost> Hosts => VirtualHosts.Count > 0
        ? VirtualHosts
        : [new VirtualHost { HttpEndpoint = HttpEndpoint, HttpsEndpoint = HttpsEndpoint, WsEndpoint = WsEndpoint, WssEndpoint = WssEndpoint }];

    /// <summary>Name of the environment's own host.</summary>
    public string VirtualHost => Hosts[0].Name;

    /// <summary>The host of that name, case does not matter; null when the environment has none.</summary>
    public VirtualHost? FindHost(string name) => Hosts.FirstOrDefault(host => host.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Set for an environment that an administrator made; one from the configuration is known by its name.</summary>
    public string? StoredId { get; init; }

    /// <summary>What the administrator set; null for an environment from the configuration.</summary>
    public EnvironmentTerms? Terms { get; init; }

    /// <summary>The row version of a stored environment.</summary>
    public long RowVersion { get; init; }

    public string Id => StoredId ?? Name;

    public string DisplayName => Terms?.DisplayName ?? Name;

    /// <summary>True when a holder of these roles may deploy here.</summary>
    public bool Admits(IEnumerable<string> roles) => Terms?.Permissions?.Admits(roles) != false;

    /// <summary>The environment as an administrator sets it.</summary>
    public GatewayEnvironment With(EnvironmentTerms terms) => this with
    {
        Type = terms.Type,
        Description = terms.Description ?? "",
        Provider = terms.Provider,
        GatewayType = terms.GatewayType,
        VirtualHosts = [.. terms.Hosts.Select(host => host.ToVirtualHost())],
        Terms = terms,
    };
}
