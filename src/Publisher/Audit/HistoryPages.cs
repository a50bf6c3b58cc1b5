using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Audit;

/// <summary>The history of an API on a page.</summary>
internal sealed class HistoryPages(ApiLookup lookup, ApiChangeStore changes)
{
    public void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/apis/{apiId}/history", ShowAsync).NeedsOnPage(RestScopes.ApiManage, RestScopes.ApiPublish, RestScopes.ApiView);

    private async Task ShowAsync(HttpContext http)
    {
        var page = http.Page();
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        var found = await changes.ListAsync(api.Id, page);
        await PageAnswer.WriteAsync<HistoryView, HistoryModel>(
            http, ApiFrame.Of(http, api, "History"), new HistoryModel(api, found.Items, PageOfList.Of(http, page, found.Items.Count, found.Total)));
    }
}
