using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>/apis: the catalogue.</summary>
internal sealed class CatalogueEndpoints(
    ApiStore apis, RevisionStore revisions, VisibleApis visible, GatewayUrls urls, DevPortalOptions options)
{
    private const string Reason = "The catalogue may be read without signing in.";

    public void Map(IEndpointRouteBuilder routes)
    {
        Restrict(routes.MapGet("/apis", ListAsync));
        Restrict(routes.MapGet("/apis/{apiId}", GetAsync));
        Restrict(routes.MapGet("/apis/{apiId}/swagger", DefinitionAsync));
    }

    private void Restrict(IEndpointConventionBuilder route)
    {
        if (options.AnonymousMode)
        {
            route.Visitors(Reason);
        }
        else
        {
            route.Needs(RestScopes.Subscribe, RestScopes.PortalSettings, RestScopes.ApiView);
        }
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var found = await apis.ListAsync(
            new ApiQuery
            {
                Organization = VisibleApis.OrganizationOf(http),
                NameContains = SearchText.Name(http.Query("query")),
                States = [.. Enum.GetValues<LifecycleState>().Where(visible.IsListed)],
            },
            page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(CatalogueEntry.Of)]));
    }

    private async Task GetAsync(HttpContext http)
    {
        var api = await visible.NeedAsync(http, http.Path("apiId"));
        if (!EntityTag.NotModified(http, api.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, ApiPage.Of(api, await DeploymentsAsync(api), urls));
        }
    }

    private async Task DefinitionAsync(HttpContext http)
    {
        var api = await visible.NeedAsync(http, http.Path("apiId"));
        var servers = urls.Of(api, await DeploymentsAsync(api)).Select(entry => entry.URLs.Https ?? entry.URLs.Http).OfType<string>();
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(PublicDefinition.Of((await apis.ContentAsync(api.Id)).Definition, servers), http.RequestAborted);
    }

    private async Task<IReadOnlyList<Deployment>> DeploymentsAsync(Api api) =>
        [.. (await revisions.DeploymentsAsync(api.Id)).Where(deployment => deployment.DisplayOnDevportal)];
}
