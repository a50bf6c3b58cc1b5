using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Environments;
using Tollgate.Storage.Runtime;
using Tollgate.Web.Pages;

namespace Tollgate.Admin.Gateways;

/// <summary>The gateways on a page: who serves what, and who is behind or silent.</summary>
internal sealed class GatewayPages(GatewayStore gateways, ApimDatabase database, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder pages) => pages.MapGet("/gateways", ShowAsync).NeedsOnPage(RestScopes.Admin);

    private async Task ShowAsync(HttpContext http)
    {
        // Before the gateways: one that is up to date is never shown behind.
        var newest = (await database.CursorAsync(http.RequestAborted)).Version;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();

        // Gateways serve all organizations, and are the first one's to run.
        var seen = http.Caller().Organization == Organization.Default ? await gateways.ListAsync() : [];
        var lines = seen.Select(one => new GatewayLine(
            one.Node, one.Profile, one.Environments, one.Version, Math.Max(0, newest - one.Version), one.SeenAt, GatewayResource.IsAlive(one, now)));
        await PageAnswer.WriteAsync<GatewaysView, GatewaysModel>(
            http, http.PageContext("Gateways") with { Place = "/gateways" },
            new GatewaysModel([.. lines.OrderBy(line => line.Alive).ThenByDescending(line => line.Lag).ThenBy(line => line.Node)], newest));
    }
}
