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

/// <summary>/subscriptions of the caller's applications.</summary>
internal sealed class SubscriptionEndpoints(
    SubscriptionStore subscriptions, SubscriptionRules rules, VisibleApis visible, ApiStore apis, OwnApplications own,
    ApplicationStore applications, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        string[] use = [RestScopes.Subscribe, RestScopes.SubscriptionManage];
        routes.MapGet("/subscriptions", ListAsync).Needs(use);
        routes.MapPost("/subscriptions", CreateAsync).Needs(use);
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

        var caller = http.Caller();
        if (applicationId is not null)
        {
            await own.NeedAsync(caller, applicationId);
        }

        var page = http.Page();
        var found = await subscriptions.ListAsync(
            new SubscriptionQuery(caller.Organization, caller.UserName, apiId, applicationId), page);
        var apiOf = await apis.FindAsync([.. found.Items.Select(item => item.ApiId).Distinct()]);
        var applicationOf = await applications.FindAsync([.. found.Items.Select(item => item.ApplicationId).Distinct()]);
        IReadOnlyList<SubscriptionResource> list =
        [
            .. found.Items.Select(item => SubscriptionResource.Of(
                item, apiOf.GetValueOrDefault(item.ApiId), applicationOf.GetValueOrDefault(item.ApplicationId))),
        ];
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, list));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var caller = http.Caller();
        var wanted = await JsonBody.ReadAsync<SubscriptionRequest>(http);
        var application = await own.NeedAsync(caller, wanted.ApplicationId ?? throw Refusal.BadRequest("applicationId is missing."));
        var api = await visible.NeedAsync(http, wanted.ApiId ?? throw Refusal.BadRequest("apiId is missing."));
        SubscriptionRules.RefuseUnavailable(api, application);
        var now = time.GetUtcNow();
        var subscription = new Subscription
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Organization = caller.Organization,
            ApiId = api.Id,
            ApplicationId = application.Id,
            Plan = await rules.PlanAsync(caller, api, wanted.ThrottlingPolicy),
            CreatedAt = now.ToUnixTimeMilliseconds(),
            RowVersion = 1,
        };
        await subscriptions.CreateAsync(subscription);
        EntityTag.Set(http, subscription.RowVersion);
        await JsonAnswer.CreatedAsync(
            http, $"{DevPortalModule.BasePath}/subscriptions/{subscription.Id}", SubscriptionResource.Of(subscription, api, application));
    }

    private async Task GetAsync(HttpContext http)
    {
        var (subscription, application) = await NeedAsync(http);
        if (!EntityTag.NotModified(http, subscription.RowVersion))
        {
            await AnswerAsync(http, subscription, application);
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var (subscription, application) = await NeedAsync(http);
        EntityTag.RefuseStale(http, subscription.RowVersion, "subscription");
        var wanted = await JsonBody.ReadAsync<SubscriptionRequest>(http);
        var api = await visible.NeedAsync(http, subscription.ApiId);
        var plan = await rules.PlanAsync(http.Caller(), api, wanted.RequestedThrottlingPolicy ?? wanted.ThrottlingPolicy);
        await subscriptions.ChangePlanAsync(subscription, plan);
        EntityTag.Set(http, subscription.RowVersion + 1);
        await AnswerAsync(http, subscription with { Plan = plan }, application);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var (subscription, _) = await NeedAsync(http);
        EntityTag.RefuseStale(http, subscription.RowVersion, "subscription");
        await subscriptions.DeleteAsync(subscription);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    // A subscription of somebody else's application reads as not there.
    private async Task<(Subscription Subscription, Application Application)> NeedAsync(HttpContext http)
    {
        var id = http.Path("subscriptionId");
        var caller = http.Caller();
        return await subscriptions.FindAsync(caller.Organization, id) is { } subscription
            && await applications.FindAsync(caller.Organization, subscription.ApplicationId) is { } application
            && application.Owner == caller.UserName
            ? (subscription, application)
            : throw Refusal.NotFound(900310, "subscription", id);
    }

    private async Task AnswerAsync(HttpContext http, Subscription subscription, Application application) => await JsonAnswer.WriteAsync(
        http, SubscriptionResource.Of(subscription, await apis.FindAsync(subscription.Organization, subscription.ApiId), application));
}
