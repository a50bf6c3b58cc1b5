using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Environments;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Gateways;

/// <summary>/gateways: who follows the control plane, and how far behind it is. Gateways register by following; nobody adds them here.</summary>
internal sealed class GatewayEndpoints(SeenGateways gateways, EnvironmentStore environments)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/gateways", ListAsync).Needs(RestScopes.Admin);
        routes.MapGet("/environments/{environmentId}/gateways", OfEnvironmentAsync).Needs(RestScopes.Admin, RestScopes.EnvironmentRead);
    }

    private async Task ListAsync(HttpContext http)
    {
        var seen = await gateways.ByAsync(http.Caller(), http.RequestAborted);
        await JsonAnswer.WriteAsync(
            http, Lists.Whole<GatewayResource>([.. seen.Gateways.Select(one => GatewayResource.Of(one, seen.Newest, seen.Now))]));
    }

    private async Task OfEnvironmentAsync(HttpContext http)
    {
        var id = http.Path("environmentId");
        var environment = await environments.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(404, "environment", id);
        var seen = await gateways.ByAsync(http.Caller(), http.RequestAborted);
        var serving = seen.Gateways.Where(one => one.Environments.Contains(environment.Name));
        await JsonAnswer.WriteAsync(http, Lists.Whole<GatewayInstanceResource>([.. serving.Select(one => GatewayInstanceResource.Of(one, seen.Now))]));
    }
}
