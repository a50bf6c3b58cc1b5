using Tollgate.Model.Settings;

namespace Tollgate.Model;

/// <summary>What an administrator set about a gateway environment; stored as one document.</summary>
public sealed record EnvironmentTerms
{
    public required string DisplayName { get; init; }

    public string? Description { get; init; }

    public string Provider { get; init; } = "";

    public string Type { get; init; } = "hybrid";

    public string GatewayType { get; init; } = "Regular";

    public string Mode { get; init; } = "WRITE_ONLY";

    /// <summary>Minutes between two discoveries of APIs at a gateway that is not ours.</summary>
    public int DiscoveryWindow { get; init; } = 60;

    public IReadOnlyList<EnvironmentHost> Hosts { get; init; } = [];

    public IReadOnlyList<ProtocolUri> EndpointUris { get; init; } = [];

    public IReadOnlyList<EnvironmentProperty> Properties { get; init; } = [];

    /// <summary>Roles that may (ALLOW) or may not (DENY) deploy here; null admits everybody.</summary>
    public PlanPermissions? Permissions { get; init; }
}

/// <summary>A host and its ports under which an environment serves.</summary>
public sealed record EnvironmentHost
{
    public required string Host { get; init; }

    /// <summary>Path in front of every API's context, without slashes at its ends; empty for none.</summary>
    public string HttpContext { get; init; } = "";

    public int HttpPort { get; init; } = 80;

    public int HttpsPort { get; init; } = 443;

    public int WsPort { get; init; } = 9099;

    public string? WsHost { get; init; }

    public int WssPort { get; init; } = 8099;

    public string? WssHost { get; init; }

    /// <summary>The URLs of this host.</summary>
    public VirtualHost ToVirtualHost() => new()
    {
        HttpEndpoint = Url("http", Host, HttpPort, 80),
        HttpsEndpoint = Url("https", Host, HttpsPort, 443),
        WsEndpoint = Url("ws", WsHost ?? Host, WsPort, 80),
        WssEndpoint = Url("wss", WssHost ?? Host, WssPort, 443),
    };

    /// <summary>What the URLs of a configured host say.</summary>
    public static EnvironmentHost Of(VirtualHost host) => new()
    {
        Host = host.Name,
        HttpPort = PortOf(host.HttpEndpoint, 80),
        HttpsPort = PortOf(host.HttpsEndpoint, 443),
        WsPort = PortOf(host.WsEndpoint, 9099),
        WssPort = PortOf(host.WssEndpoint, 8099),
    };

    private static int PortOf(string url, int fallback) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.Port : fallback;

    private string Url(string scheme, string host, int port, int usual) =>
        $"{scheme}://{host}{(port == usual ? "" : $":{port}")}{(HttpContext.Length == 0 ? "" : "/" + HttpContext)}";
}

/// <summary>Under which URI an environment serves a protocol.</summary>
public sealed record ProtocolUri(string Protocol, string EndpointUri);

/// <summary>A free property of an environment.</summary>
public sealed record EnvironmentProperty(string Name, string Text);
