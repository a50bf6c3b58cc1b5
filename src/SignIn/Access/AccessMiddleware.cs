using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn.Nodes;
using Tollgate.SignIn.Sessions;

namespace Tollgate.SignIn.Access;

/// <summary>Runs after routing and before every route: signs the caller in and refuses what the route's rule does not admit.</summary>
public sealed class AccessMiddleware(RequestDelegate next, RequestSignIn signIn, PageAccess pages, NodeTokens nodes)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // An endpoint that is no route is the framework's own answer that the path has no such method.
        if (http.GetEndpoint() is not RouteEndpoint endpoint || await AdmitAsync(http, endpoint.Metadata.GetMetadata<AccessRule>()))
        {
            await next(http);
        }
    }

    // False when the answer is made already.
    private async Task<bool> AdmitAsync(HttpContext http, AccessRule? rule)
    {
        switch (rule)
        {
            case AccessRule.Open:
                break;
            case AccessRule.Visitor:
                await signIn.TryAsync(http);
                break;
            case AccessRule.Node:
                RequireNode(http);
                break;
            case AccessRule.PersonWithScope person:
                RequireScope(http, await signIn.RequireAsync(http), person.AnyOf);
                break;
            case AccessRule.PersonOnPage or AccessRule.VisitorOnPage:
                return await pages.AdmitAsync(http, rule);
            default:
                throw Refusal.Forbidden("This route has no access rule and is closed.");
        }

        return true;
    }

    private void RequireNode(HttpContext http)
    {
        if (AuthorizationHeader.Bearer(http) is not { } token || nodes.Verify(token) is null)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"Tollgate nodes\"";
            throw new Refusal(401, 401, "Unauthenticated request", "A node token is needed; a node gets one from /internal/nodes/login.");
        }
    }

    // 401 and not 403 for a missing scope: scripts of the field expect it (its REST contract); the header says what is missing (RFC 6750).
    private static void RequireScope(HttpContext http, Caller caller, IReadOnlyList<string> anyOf)
    {
        if (!anyOf.Any(caller.Has))
        {
            http.Response.Headers.WWWAuthenticate =
                $"Bearer realm=\"Tollgate\", error=\"insufficient_scope\", scope=\"{string.Join(' ', anyOf)}\"";
            throw new Refusal(
                401, 401, "Unauthenticated request", $"'{caller.UserName}' lacks the permission for this; any one of these scopes is needed: "
                + string.Join(", ", anyOf) + ".");
        }
    }
}
