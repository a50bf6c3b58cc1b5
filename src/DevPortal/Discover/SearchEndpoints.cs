using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Storage.Search;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>GET /search and GET /tags: what a developer or visitor may find.</summary>
internal sealed class SearchEndpoints(SearchStore search, VisibleApis visible, CatalogueAccess access)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        access.Restrict(routes.MapGet("/search", SearchAsync));
        access.Restrict(routes.MapGet("/tags", TagsAsync));
    }

    private async Task SearchAsync(HttpContext http)
    {
        var page = http.Page();
        var found = await search.FindAsync((await visible.QueryAsync(http)) with { Search = http.SearchEverything() }, page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select<SearchHit, object>(FoundEntry.Of)]));
    }

    private async Task TagsAsync(HttpContext http)
    {
        var page = http.Page();
        var found = await search.TagsAsync(await visible.QueryAsync(http), page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, found.Items));
    }
}
