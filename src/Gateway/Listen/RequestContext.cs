using Microsoft.AspNetCore.Http.Features;

namespace Tollgate.Gateway.Listen;

/// <summary>What one request needs while it is served; kept with the connection and used again by its next request.</summary>
internal sealed class RequestContext
{
    public IFeatureCollection Features { get; set; } = null!;

    public Exchange Exchange { get; } = new();

    public RequestReader Reader { get; } = new();
}
