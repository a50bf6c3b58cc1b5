using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Publish;

/// <summary>Lifecycle actions, state and history.</summary>
internal sealed class LifecycleEndpoints(ApiLookup lookup, ChangeLifecycle change, LifecycleStore lifecycle)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/apis/change-lifecycle", ChangeAsync).Needs(RestScopes.ApiImportExport, RestScopes.ApiManage, RestScopes.ApiPublish);
        routes.MapPost("/api-products/change-lifecycle", ChangeProductAsync)
            .Needs([.. SharedRoutes.ProductWrite, RestScopes.ApiProductImportExport]);
        routes.MapBoth(
            "GET", "/lifecycle-state", StateAsync, [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish, RestScopes.ApiView],
            [.. SharedRoutes.ProductWrite, RestScopes.ApiCreate]);
        routes.MapBoth(
            "GET", "/lifecycle-history", HistoryAsync, [RestScopes.ApiManage, RestScopes.ApiPublish, RestScopes.ApiView], SharedRoutes.ProductWrite);
    }

    private async Task ChangeAsync(HttpContext http) => await ChangeAsync(http, await lookup.NeedAsync(http.Caller(), http.NeedQuery("apiId")));

    private async Task ChangeProductAsync(HttpContext http) =>
        await ChangeAsync(http, await lookup.NeedProductAsync(http.Caller(), http.NeedQuery("apiProductId")));

    private async Task ChangeAsync(HttpContext http, Api api)
    {
        EntityTag.RefuseStale(http, api.RowVersion, "API");
        var (changed, waits) = await change.RunAsync(http.Caller(), api, http.NeedQuery("action"), Checklist(http.Query("lifecycleChecklist")));
        EntityTag.Set(http, changed.RowVersion);
        await JsonAnswer.WriteAsync(http, new LifecycleAnswer(waits ? WorkflowTask.Created : WorkflowTask.Approved, LifecycleStateResource.Of(changed)));
    }

    private async Task StateAsync(HttpContext http)
    {
        var api = await lookup.OfRouteAsync(http);
        await JsonAnswer.WriteAsync(http, LifecycleStateResource.Of(api));
    }

    private async Task HistoryAsync(HttpContext http)
    {
        var api = await lookup.OfRouteAsync(http);
        IReadOnlyList<LifecycleHistoryItem> items = [.. (await lifecycle.HistoryAsync(api.Id)).Select(LifecycleHistoryItem.Of)];
        await JsonAnswer.WriteAsync(http, Lists.Whole(items));
    }

    // "<item>:true,<item>:false"; an item that does not exist is refused, because ticking it would silently do nothing.
    private static Dictionary<string, bool> Checklist(string? text)
    {
        var ticked = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = entry.LastIndexOf(':');
            var name = (colon < 0 ? entry : entry[..colon].Trim()).Replace("the API Product", "the API", StringComparison.Ordinal);
            if (name is not (ChangeLifecycle.DeprecateOlder or ChangeLifecycle.RequireResubscription)
                || !bool.TryParse(entry[(colon + 1)..], out var value))
            {
                throw Refusal.BadRequest(
                    $"'{entry}' is no checklist item; there are '{ChangeLifecycle.DeprecateOlder}:true' and "
                    + $"'{ChangeLifecycle.RequireResubscription}:true'.");
            }

            ticked[name] = value;
        }

        return ticked;
    }
}
