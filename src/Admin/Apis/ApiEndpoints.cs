using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Model.Search;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Search;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Apis;

/// <summary>/apis: find an API and give it to another provider.</summary>
internal sealed class ApiEndpoints(ApiStore apis, ProviderStore providers, UserStore users)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        string[] change = [RestScopes.Admin, RestScopes.ApiProviderChange];
        routes.MapGet("/apis", SearchAsync).Needs(change);
        routes.MapPost("/apis/{apiId}/change-provider", ChangeProviderAsync).Needs(change);
    }

    private async Task SearchAsync(HttpContext http)
    {
        var page = http.Page();
        var query = new ApiQuery
        {
            Organization = http.Caller().Organization,
            Viewer = Viewer.Everything,
            Search = SearchQuery.Parse(http.Query("query")),
        };
        var found = await apis.ListAsync(query, page);
        var list = Lists.Of(
            http, page, found.Total, (IReadOnlyList<ApiEntry>)[.. found.Items.Select(api => new ApiEntry(api.Provider, api.Name, api.Version, api.Id))]);
        await JsonAnswer.WriteAsync(http, new ApiEntries(list.List, list.Count, list.Pagination));
    }

    private async Task ChangeProviderAsync(HttpContext http)
    {
        var caller = http.Caller();
        var id = http.Path("apiId");
        var api = await apis.FindAsync(caller.Organization, id) ?? throw Refusal.NotFound(900308, "API", id);
        var wanted = http.NeedQuery("provider");
        var provider = await users.FindByNameAsync(caller.Organization, Own(caller.Organization, wanted)) ?? throw Refusal.BadRequest(
            $"There is no user '{wanted}' in the API's organization; only such a user can be its provider.", 901409);
        await providers.ChangeAsync(api, provider.Name, caller.UserName);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    // user@organization is how scripts of the field write a user of the organization itself.
    private static string Own(string organization, string name)
    {
        var suffix = "@" + organization;
        return name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) ? name[..^suffix.Length] : name;
    }

    private sealed record ApiEntry(string Provider, string Name, string Version, string Id);

    private sealed record ApiEntries(IReadOnlyList<ApiEntry> Apis, int Count, Pagination? Pagination);
}
