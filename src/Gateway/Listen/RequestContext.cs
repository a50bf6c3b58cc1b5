using Microsoft.AspNetCore.Http.Features;
using Tollgate.Gateway.Forward;

namespace Tollgate.Gateway.Listen;

/// <summary>What one request needs while it is served; kept with the connection and used again by its next request.</summary>
internal sealed class RequestContext
{
    private IFeatureCollection _features = null!;

    /// <summary>What the server offers for the request. For the requests of a connection it is one object, so that its parts are looked up once.</summary>
    public IFeatureCollection Features
    {
        get => _features;
        set
        {
            if (!ReferenceEquals(value, _features))
            {
                _features = value;
                Request = value.GetRequiredFeature<IHttpRequestFeature>();
                Response = value.GetRequiredFeature<IHttpResponseFeature>();
                ResponseBody = value.GetRequiredFeature<IHttpResponseBodyFeature>();
                Lifetime = value.GetRequiredFeature<IHttpRequestLifetimeFeature>();
                Connection = value.GetRequiredFeature<IHttpConnectionFeature>();
            }
        }
    }

    public IHttpRequestFeature Request { get; private set; } = null!;

    public IHttpResponseFeature Response { get; private set; } = null!;

    public IHttpResponseBodyFeature ResponseBody { get; private set; } = null!;

    public IHttpRequestLifetimeFeature Lifetime { get; private set; } = null!;

    public IHttpConnectionFeature Connection { get; private set; } = null!;

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
