using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;

namespace Tollgate.SignIn.Access;

/// <summary>Access on a node that has no user store: probes answer, everything else is refused.</summary>
public sealed class ClosedAccessMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<AccessRule>() is not AccessRule.Open
            ? throw Refusal.Forbidden("This node has no users; ask a control-plane node.")
            : next(http);
}
