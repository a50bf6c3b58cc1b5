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

    /// <summary>The way to the backend and back; null before the first request that goes there.</summary>
    public BackendCall? Call { get; set; }
}
