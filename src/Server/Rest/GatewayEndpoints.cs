using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Gateway.Record;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Web.Rest;

namespace Tollgate.Server.Rest;

/// <summary>/api/am/gateway/v2: what the gateway of this node serves and has counted.</summary>
internal static class GatewayEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, GatewayView view)
    {
        var group = routes.MapGroup("/api/am/gateway/v2");
        group.MapGet("/server-startup-healthcheck", http =>
        {
            http.Response.StatusCode = view.IsReady ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        }).Open("A load balancer's probe: a status and nothing else.");
        group.MapGet("/state", http => JsonAnswer.WriteAsync(http, view.State())).Needs(RestScopes.Admin);
        group.MapGet("/usage", http => JsonAnswer.WriteAsync(http, view.Usage())).Needs(RestScopes.Admin);
    }
}
