using Microsoft.AspNetCore.Http.Features;
using Tollgate.Gateway.Forward;

namespace Tollgate.Gateway.Listen;

/// <summary>What one request needs while it is served; kept with the connection and used again by its next request.</summary>
internal sealed class RequestContext
{
    public IFeatureCollection Features { get; set; } = null!;

    public Exchange Exchange { get; } = new();

    public Caller Caller { get; } = new();

    public RequestReader Reader { get; } = new();

    /// <summary>Came over a port for WebSocket APIs.</summary>
    public bool IsOnWebSocketPort { get; set; }

    /// <summary>The way to the backend and back; null before the first request that goes there.</summary>
    public BackendCall? Call { get; set; }

    /// <summary>The request that was read last, at a time.</summary>
    public RequestView ViewOf(IHttpRequestFeature request, long now) => Reader.View(request, Caller, now, IsOnWebSocketPort);
}
