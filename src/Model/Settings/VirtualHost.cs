namespace Tollgate.Model.Settings;

/// <summary>A host name under which the gateways of an environment are reached, from <c>[[apim.gateway.environment.virtual_host]]</c>.</summary>
public sealed record VirtualHost
{
    [Setting("http_endpoint", "URL under which callers reach the gateway over HTTP by this host.")]
    public string HttpEndpoint { get; init; } = "";

    [Setting("https_endpoint", "URL under which callers reach the gateway over HTTPS by this host.")]
    public string HttpsEndpoint { get; init; } = "";

    [Setting("ws_endpoint", "URL of WebSocket APIs by this host.")]
    public string WsEndpoint { get; init; } = "";

    [Setting("wss_endpoint", "URL of secure WebSocket APIs by this host.")]
    public string WssEndpoint { get; init; } = "";

    /// <summary>The host name.</summary>
    public string Name => Uri.TryCreate(HttpsEndpoint.Length > 0 ? HttpsEndpoint : HttpEndpoint, UriKind.Absolute, out var url) ? url.Host : "localhost";
}
