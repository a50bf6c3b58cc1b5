using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Search;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Find;

/// <summary>GET /apis and GET /search: lists and search, for whom access control admits.</summary>
internal sealed class SearchEndpoints(ApiStore apis, SearchStore search, Viewers viewers)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/apis", ListAsync).Needs(RestScopes.ApiImportExport, RestScopes.ApiListView, RestScopes.ApiManage, RestScopes.ApiView);
        routes.MapGet("/search", SearchAsync)
            .Needs(RestScopes.ApiImportExport, RestScopes.ApiManage, RestScopes.ApiProductImportExport, RestScopes.ApiView);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var query = new ApiQuery
        {
            Organization = http.Caller().Organization,
            Viewer = viewers.Publisher(http.Caller()),
            Search = http.Search(),
            Products = false,
            Order = SortField.Read(http.Query("sortBy")),
            Descending = http.IsDescending(),
        };
        var found = await apis.ListAsync(query, page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(ApiListing.Of)]));
    }

    private async Task SearchAsync(HttpContext http)
    {
        var page = http.Page();
        var query = new ApiQuery
        {
            Organization = http.Caller().Organization,
            Viewer = viewers.Publisher(http.Caller()),
            Search = http.SearchEverything(),
        };
        var found = await search.FindAsync(query, page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select<SearchHit, object>(SearchResource.Of)]));
    }
}
