using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Discover;
using Tollgate.DevPortal.Keys;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Applications;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Register;

/// <summary>/applications: the caller's own, and those shared with his groups.</summary>
internal sealed class ApplicationEndpoints(
    ApplicationStore applications, OwnApplications own, ApplicationRules rules, ApplicationPages pages, KeyApprovals keys,
    SubscriptionStore subscriptions, ApiStore apis, ApplicationApprovals requests)
{
    private const string What = "application";

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] use = [RestScopes.ApplicationManage, RestScopes.Subscribe];
        routes.MapGet("/applications", ListAsync).Needs([.. use, RestScopes.ApplicationImportExport]);
        routes.MapPost("/applications", CreateAsync).Needs(use);
        routes.MapGet("/applications/{applicationId}", GetAsync).Needs(use);
        routes.MapPut("/applications/{applicationId}", UpdateAsync).Needs(use);
        routes.MapDelete("/applications/{applicationId}", DeleteAsync).Needs([.. use, RestScopes.ApplicationImportExport]);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var query = own.Query(http.Caller(), http.Query("groupId")) with
        {
            Name = http.Query("query"),
            Order = Order(http.Query("sortBy")),
            Descending = Descending(http.Query("sortOrder")),
        };
        var found = await applications.ListAsync(query, page);
        var counts = await applications.SubscriptionCountsAsync([.. found.Items.Select(application => application.Id)]);
        IReadOnlyList<ApplicationListing> list =
            [.. found.Items.Select(application => pages.Listing(application, counts.GetValueOrDefault(application.Id)))];
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, list));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var application = await rules.CreateAsync(http.Caller(), await JsonBody.ReadAsync<ApplicationResource>(http));
        application = await requests.CreateAsync(http.Caller(), application);
        EntityTag.Set(http, application.RowVersion);
        await JsonAnswer.CreatedAsync(http, $"{DevPortalModule.BasePath}/applications/{application.Id}", pages.Page(application, 0));
    }

    private async Task GetAsync(HttpContext http)
    {
        var application = await own.NeedAsync(http.Caller(), http.Path("applicationId"));
        if (EntityTag.NotModified(http, application.RowVersion))
        {
            return;
        }

        var subscribed = await subscriptions.ListAsync(
            new SubscriptionQuery(new ApplicationQuery(application.Organization, application.Owner), null, application.Id),
            new PageRequest(0, PageRequest.MaxLimit));
        var apiOf = await apis.FindAsync([.. subscribed.Items.Select(subscription => subscription.ApiId).Distinct()]);
        await JsonAnswer.WriteAsync(http, pages.Page(application, subscribed.Total) with
        {
            Keys = await keys.ListAsync(application),
            SubscriptionScopes = apiOf.Values.SelectMany(api => api.Design.Scopes).DistinctBy(entry => entry.Scope.Name)
                .Select(entry => ScopeResource.Of(entry.Scope)).ToList(),
        });
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId"));
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var changed = await rules.UpdateAsync(http.Caller(), stored, await JsonBody.ReadAsync<ApplicationResource>(http));
        changed = await requests.ChangeAsync(http.Caller(), stored, changed);
        var counts = await applications.SubscriptionCountsAsync([stored.Id]);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, pages.Page(changed, counts.GetValueOrDefault(stored.Id)));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId"));
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        if (await requests.DeleteAsync(http.Caller(), stored))
        {
            http.Response.StatusCode = StatusCodes.Status200OK;
        }
        else
        {
            await JsonAnswer.WriteAsync(http, new WaitingResource(), StatusCodes.Status202Accepted);
        }
    }

    private static ApplicationOrder Order(string? sortBy) => sortBy switch
    {
        null or "name" => ApplicationOrder.Name,
        "throttlingPolicy" => ApplicationOrder.Policy,
        "status" => ApplicationOrder.Status,
        "createdTime" => ApplicationOrder.CreatedTime,
        _ => throw Refusal.BadRequest("sortBy is one of name, throttlingPolicy, status, createdTime."),
    };

    private static bool Descending(string? sortOrder) => sortOrder switch
    {
        null or "asc" => false,
        "desc" => true,
        _ => throw Refusal.BadRequest("sortOrder is asc or desc."),
    };
}
