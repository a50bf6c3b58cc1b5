using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Discover;
using Tollgate.DevPortal.Register;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Applications;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Subscribe;

/// <summary>/subscriptions of the applications that the caller may use.</summary>
internal sealed class SubscriptionEndpoints(
    SubscriptionStore subscriptions, SubscriptionRules rules, SubscriptionPages pages, OwnSubscriptions owned, VisibleApis visible, ApiStore apis,
    OwnApplications own, SubscriptionApprovals approvals)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        string[] use = [RestScopes.Subscribe, RestScopes.SubscriptionManage];
        routes.MapGet("/subscriptions", ListAsync).Needs(use);
        routes.MapPost("/subscriptions", CreateAsync).Needs(use);
        routes.MapPost("/subscriptions/multiple", CreateSeveralAsync).Needs(use);
        routes.MapGet("/subscriptions/{subscriptionId}", GetAsync).Needs(use);
        routes.MapPut("/subscriptions/{subscriptionId}", UpdateAsync).Needs(use);
        routes.MapDelete("/subscriptions/{subscriptionId}", DeleteAsync).Needs(use);
    }

    private async Task ListAsync(HttpContext http)
    {
        var (apiId, applicationId) = (http.Query("apiId"), http.Query("applicationId"));
        if (apiId is null && applicationId is null)
        {
            throw Refusal.BadRequest("Say whose subscriptions: apiId, applicationId or both.");
        }

        var whose = own.Query(http.Caller(), http.Query("groupId"));
        if (applicationId is not null)
        {
            await own.NeedAsync(http.Caller(), applicationId);
        }

        var page = http.Page();
        var found = await subscriptions.ListAsync(new SubscriptionQuery(whose, apiId, applicationId), page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, await pages.OfAsync(found.Items)));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var wanted = await NewAsync(http, await JsonBody.ReadAsync<SubscriptionRequest>(http));
        var subscription = (await approvals.CreateAsync(http.Caller(), [wanted]))[0];
        EntityTag.Set(http, subscription.RowVersion);
        await JsonAnswer.CreatedAsync(
            http, $"{DevPortalModule.BasePath}/subscriptions/{subscription.Id}", (await pages.OfAsync([subscription]))[0]);
    }

    // All of them or none: a client that is told of an error knows that nothing was saved.
    private async Task CreateSeveralAsync(HttpContext http)
    {
        var wanted = await JsonBody.ReadAsync<IReadOnlyList<SubscriptionRequest>>(http);
        if (wanted.Count is 0 or > SubscriptionRules.MostAtOnce || wanted.Any(one => one is null))
        {
            throw Refusal.BadRequest($"Send 1 to {SubscriptionRules.MostAtOnce} subscriptions.");
        }

        List<Subscription> made = [];
        foreach (var one in wanted)
        {
            made.Add(await NewAsync(http, one));
        }

        await JsonAnswer.WriteAsync(http, await pages.OfAsync(await approvals.CreateAsync(http.Caller(), made)));
    }

    private async Task GetAsync(HttpContext http)
    {
        var (subscription, _) = await owned.NeedAsync(http.Caller(), http.Path("subscriptionId"));
        if (!EntityTag.NotModified(http, subscription.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, (await pages.OfAsync([subscription]))[0]);
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var caller = http.Caller();
        var (subscription, _) = await owned.NeedAsync(caller, http.Path("subscriptionId"));
        EntityTag.RefuseStale(http, subscription.RowVersion, "subscription");
        var wanted = await JsonBody.ReadAsync<SubscriptionRequest>(http);
        var api = await apis.FindAsync(caller.Organization, subscription.ApiId) ?? throw Refusal.NotFound(900308, "API", subscription.ApiId);
        var plan = await rules.NewPlanAsync(caller, api, subscription, wanted);
        var changed = await approvals.ChangePlanAsync(caller, subscription, plan);
        EntityTag.Set(http, subscription.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, (await pages.OfAsync([changed]))[0]);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var (subscription, _) = await owned.NeedAsync(http.Caller(), http.Path("subscriptionId"));
        EntityTag.RefuseStale(http, subscription.RowVersion, "subscription");
        if (await approvals.DeleteAsync(http.Caller(), subscription))
        {
            http.Response.StatusCode = StatusCodes.Status200OK;
        }
        else
        {
            await JsonAnswer.WriteAsync(http, new WaitingResource(), StatusCodes.Status202Accepted);
        }
    }

    private async Task<Subscription> NewAsync(HttpContext http, SubscriptionRequest wanted)
    {
        var application = await own.NeedAsync(http.Caller(), wanted.ApplicationId ?? throw Refusal.BadRequest("applicationId is missing."));
        var api = await visible.NeedAsync(http, wanted.ApiId ?? throw Refusal.BadRequest("apiId is missing."));
        return await rules.CreateAsync(http.Caller(), api, application, wanted.ThrottlingPolicy);
    }
}
