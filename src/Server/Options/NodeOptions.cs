using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Tollgate.Model;
using Tollgate.Model.Settings;

namespace Tollgate.Server.Options;

/// <summary>Settings of the node itself.</summary>
internal sealed record NodeOptions
{
    [Setting("server.hostname", "Public host name; used in URLs and as the issuer of tokens.")]
    public string HostName { get; init; } = "localhost";

    [Setting("server.server_role", "Profile: which modules this node starts.")]
    public string Role { get; init; } = "default";

    [Range(0, 50_000)]
    [Setting("server.offset", "Added to every port.")]
    public int Offset { get; init; }

    [Setting("server.bind_address", "Address to listen on; :: is every address, IPv4 included.")]
    public string BindAddress { get; init; } = "::";

    [Setting(
        "server.trusted_proxies",
        "Addresses and networks (CIDR) of proxies in front of this node: what they say of the caller's address is believed. Empty believes nobody.")]
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    [Setting("server.forwarded_header", "Header in which those proxies name the caller; the other one is ignored.")]
    public ForwardedHeader ForwardedHeader { get; init; } = ForwardedHeader.XForwardedFor;

    [Setting(
        "server.shutdown_timeout", "How long requests in flight may take to finish once the node is asked to stop; it takes no new ones meanwhile.",
        Unit = "s")]
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(20);

    [Range(1, 65_535)]
    [Setting("transport.https.properties.port", "Management port: portals, REST APIs, OAuth 2.")]
    public int ManagementHttps { get; init; } = 9443;

    [Range(1, 65_535)]
    [Setting("transport.http.properties.port", "Management port without TLS; bound to loopback only.")]
    public int ManagementHttp { get; init; } = 9763;

    [Range(1, 65_535)]
    [Setting("transport.passthru_http.listener.port", "Gateway port without TLS.")]
    public int GatewayHttp { get; init; } = 8280;

    [Range(1, 65_535)]
    [Setting("transport.passthru_https.listener.port", "Gateway port.")]
    public int GatewayHttps { get; init; } = 8243;

    [Range(1, 65_535)]
    [Setting("apim.ws.port", "Gateway port for WebSocket APIs without TLS.")]
    public int GatewayWs { get; init; } = 9099;

    [Range(1, 65_535)]
    [Setting("apim.wss.port", "Gateway port for WebSocket APIs.")]
    public int GatewayWss { get; init; } = 8099;

    [Setting(
        "apim.key_manager.service_url",
        "Nodes with a key manager (profiles api-key-manager and control-plane): a gateway of its own follows one of them, a developer portal of its own "
        + "gets tokens there. They are tried in turn. Scheme, host and port count.")]
    public IReadOnlyList<string> KeyManagerUrls { get; init; } = [];

    [Setting("apim.event_hub.service_url", "The same, where apim.key_manager.service_url is not written.")]
    public IReadOnlyList<string> EventHubUrls { get; init; } = [];

    [Setting("apim.key_manager.username", "User with which a gateway of its own logs in to the control plane.")]
    public string ControlPlaneUser { get; init; } = "${admin.username}";

    [Setting("apim.key_manager.password", "Password of that user.", Secret = true)]
    public string ControlPlanePassword { get; init; } = "${admin.password}";

    [Setting(
        "apim.gateway_notification.gateway_id",
        "Name of this node towards others and in the audit log; empty takes the machine's name, with + and server.offset when that is not 0.")]
    public string GatewayId { get; init; } = "";

    /// <summary>The nodes that a node without a key manager asks.</summary>
    public IReadOnlyList<string> ControlNodes => KeyManagerUrls.Count > 0 ? KeyManagerUrls : EventHubUrls;

    /// <summary>What this node is called where several are told apart: several of one machine differ in their ports.</summary>
    public string Name => this switch
    {
        { GatewayId: { Length: > 0 } name } => name,
        { Offset: 0 } => Environment.MachineName,
        _ => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}+{Offset}"),
    };
}
