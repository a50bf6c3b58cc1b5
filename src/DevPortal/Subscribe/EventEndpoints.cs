using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Discover;
using Tollgate.DevPortal.Register;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Subscribe;

/// <summary>
/// Topics of an API and the callbacks subscribed to them. Only streaming and webhook APIs have any, and there are none in this version; portals
/// and scripts of the field ask nevertheless, and an empty list tells them the truth.
/// </summary>
internal sealed class EventEndpoints(VisibleApis visible, OwnApplications own)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/apis/{apiId}/topics", TopicsAsync).Needs(RestScopes.Subscribe);
        routes.MapGet("/webhooks/subscriptions", CallbacksAsync).Needs(RestScopes.Subscribe);
    }

    private async Task TopicsAsync(HttpContext http)
    {
        await visible.NeedAsync(http, http.Path("apiId"));
        await NoneAsync(http);
    }

    private async Task CallbacksAsync(HttpContext http)
    {
        await own.NeedAsync(http.Caller(), http.NeedQuery("applicationId"));
        await NoneAsync(http);
    }

    private static Task NoneAsync(HttpContext http) => JsonAnswer.WriteAsync(http, Lists.Of<string>(http, http.Page(), 0, []));
}
