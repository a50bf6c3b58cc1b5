using Microsoft.AspNetCore.Http.Features;

namespace Tollgate.Gateway.Listen.Tunnels;

/// <summary>Stands between the forwarder and the server when a connection is upgraded, so that what opens is known.</summary>
internal sealed class TunnelUpgrade(IHttpUpgradeFeature server, RequestContext context, OpenTunnels tunnels) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => server.IsUpgradableRequest;

    /// <summary>The backend has agreed, and the connection is open.</summary>
    public bool IsOpen { get; private set; }

    public async Task<Stream> UpgradeAsync()
    {
        var tunnel = tunnels.Open(await server.UpgradeAsync(), context);
        IsOpen = true;
        return tunnel;
    }
}
