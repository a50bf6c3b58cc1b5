using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Settings;

/// <summary>
/// Lists of what there is none of in this version. Portals and scripts of the field read them before they offer a choice; an empty list tells
/// them the truth, while 404 would stop them.
/// </summary>
internal sealed class AbsentKinds(ApiLookup apis)
{
    private const string ProviderRead = "apim:llm_provider_read";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/throttling-policies/streaming/subscription", PageAsync)
            .Needs(RestScopes.ApiView, RestScopes.PlanView, RestScopes.PlanManage);
        routes.MapGet("/ai-service-providers", NoneAsync).Needs(ProviderRead);
        routes.MapGet("/llm-providers", NoneAsync).Needs(ProviderRead);
        routes.MapGet("/apis/{apiId}/external-stores", OfApiAsync).Needs(RestScopes.ApiView, RestScopes.ApiManage);
    }

    private static Task PageAsync(HttpContext http) => JsonAnswer.WriteAsync(http, Lists.Of<string>(http, http.Page(), 0, []));

    private static Task NoneAsync(HttpContext http) => JsonAnswer.WriteAsync(http, Lists.Whole<string>([]));

    private async Task OfApiAsync(HttpContext http)
    {
        await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        await NoneAsync(http);
    }
}
