using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Environments;
using Tollgate.Storage.Runtime;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Gateways;

/// <summary>/gateways: who follows the control plane, and how far behind it is. Gateways register by following; nobody adds them here.</summary>
internal sealed class GatewayEndpoints(GatewayStore gateways, EnvironmentStore environments, ApimDatabase database, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/gateways", ListAsync).Needs(RestScopes.Admin);
        routes.MapGet("/environments/{environmentId}/gateways", OfEnvironmentAsync).Needs(RestScopes.Admin, RestScopes.EnvironmentRead);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task ListAsync(HttpContext http)
    {
        // Before the gateways: one that is up to date is never shown behind.
        var newest = (await database.CursorAsync(http.RequestAborted)).Version;
        var seen = await SeenAsync(http);
        var now = Now;
        await JsonAnswer.WriteAsync(http, Lists.Whole<GatewayResource>([.. seen.Select(one => GatewayResource.Of(one, newest, now))]));
    }

    private async Task OfEnvironmentAsync(HttpContext http)
    {
        var id = http.Path("environmentId");
        var environment = await environments.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(404, "environment", id);
        var now = Now;
        var serving = (await SeenAsync(http)).Where(one => one.Environments.Contains(environment.Name));
        await JsonAnswer.WriteAsync(http, Lists.Whole<GatewayInstanceResource>([.. serving.Select(one => GatewayInstanceResource.Of(one, now))]));
    }

    // Gateways serve all organizations, and are the first one's to run.
    private async Task<IReadOnlyList<SeenGateway>> SeenAsync(HttpContext http) =>
        http.Caller().Organization == Organization.Default ? await gateways.ListAsync() : [];
}
