using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Comments;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>/apis: the catalogue.</summary>
internal sealed class CatalogueEndpoints(
    ApiStore apis, RevisionStore revisions, VisibleApis visible, GatewayUrls urls, RatingStore ratings, CatalogueAccess access,
    DevPortalOptions options)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        access.Restrict(routes.MapGet("/apis", ListAsync));
        access.Restrict(routes.MapGet("/apis/{apiId}", GetAsync));
        access.Restrict(routes.MapGet("/apis/{apiId}/swagger", DefinitionAsync));
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var query = (await visible.QueryAsync(http)) with { Search = http.Search(), NewestOnly = !options.DisplayMultipleVersions };
        var found = await apis.ListAsync(query, page);
        var sums = await ratings.SumsAsync([.. found.Items.Select(api => api.Id)]);
        await JsonAnswer.WriteAsync(
            http,
            Lists.Of(
                http, page, found.Total,
                [.. found.Items.Select(api => CatalogueEntry.Of(api, sums.GetValueOrDefault(api.Id, RatingSum.None)))]));
    }

    private async Task GetAsync(HttpContext http)
    {
        var api = await visible.NeedAsync(http, http.Path("apiId"));
        if (!EntityTag.NotModified(http, api.RowVersion))
        {
            var sums = await ratings.SumsAsync([api.Id]);
            await JsonAnswer.WriteAsync(
                http,
                ApiPage.Of(
                    api, await DeploymentsAsync(api), await urls.InAsync(api), sums.GetValueOrDefault(api.Id, RatingSum.None)));
        }
    }

    /// <summary>Also a page of the portal: nothing there lies outside of its prefix.</summary>
    public async Task DefinitionAsync(HttpContext http)
    {
        var api = await visible.NeedAsync(http, http.Path("apiId"));
        var environment = http.Query("environmentName");
        var places = (await DeploymentsAsync(api)).Where(place => environment is null || place.Environment == environment).ToList();
        if (environment is not null && places.Count == 0)
        {
            throw Refusal.NotFound(404, "deployment of this API in the environment", environment);
        }

        var servers = (await urls.InAsync(api)).Of(api, places).Select(entry => entry.URLs.Best).OfType<string>();
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(PublicDefinition.Of((await apis.ContentAsync(api.Id)).Definition, servers), http.RequestAborted);
    }

    private async Task<IReadOnlyList<Deployment>> DeploymentsAsync(Api api) =>
        [.. (await revisions.DeploymentsAsync(api.Id)).Where(deployment => deployment.DisplayOnDevportal)];
}
