using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Sessions;
using Tollgate.Web.Pages;

namespace Tollgate.Admin.Gateways;

/// <summary>The gateways on a page: who serves what, and who is behind or silent.</summary>
internal sealed class GatewayPages(SeenGateways gateways)
{
    public void Map(IEndpointRouteBuilder pages) => pages.MapGet("/gateways", ShowAsync).NeedsOnPage(RestScopes.Admin);

    private async Task ShowAsync(HttpContext http)
    {
        var seen = await gateways.ByAsync(http.Caller(), http.RequestAborted);
        var lines = seen.Gateways.Select(one => new GatewayLine(
            one.Node, one.Profile, one.Environments, one.Version, Math.Max(0, seen.Newest - one.Version), one.SeenAt,
            GatewayResource.IsAlive(one, seen.Now)));
        await PageAnswer.WriteAsync<GatewaysView, GatewaysModel>(
            http, http.PageContext("Gateways") with { Place = "/gateways" },
            new GatewaysModel([.. lines.OrderBy(line => line.Alive).ThenByDescending(line => line.Lag).ThenBy(line => line.Node)], seen.Newest));
    }
}
