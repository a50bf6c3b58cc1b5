using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Applications;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Admit;

/// <summary>/subscriptions: who uses the APIs, and who no longer may.</summary>
internal sealed class SubscriptionEndpoints(
    ApiLookup apis, SubscriberStore subscribers, ApplicationStore applications, SubscriptionRules rules,
    AdmittedSubscriptions subscriptions, Viewers viewers)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [RestScopes.ApiView, RestScopes.SubscriptionsManage, RestScopes.SubscriptionView];
        string[] block = [RestScopes.SubscriptionBlock, RestScopes.SubscriptionsManage];
        routes.MapGet("/subscriptions", ListAsync).Needs(read);
        routes.MapGet("/subscriptions/{subscriptionId}/subscriber-info", InfoAsync).Needs(read);
        routes.MapPost("/subscriptions/block-subscription", BlockAsync).Needs(block);
        routes.MapPost("/subscriptions/unblock-subscription", UnblockAsync).Needs(block);
        routes.MapPost("/subscriptions/change-business-plan", ChangePlanAsync).Needs(RestScopes.SubscriptionsManage);
    }

    private async Task ListAsync(HttpContext http)
    {
        var apiId = http.Query("apiId");
        if (apiId is not null)
        {
            await apis.NeedAnyAsync(http.Caller(), apiId);
        }

        var page = http.Page();
        var caller = http.Caller();
        var query = new SubscriberQuery(caller.Organization, apiId, viewers.Publisher(caller), http.Query("query")?.Trim());
        var found = await subscribers.ListAsync(query, page);
        var counts = await applications.SubscriptionCountsAsync([.. found.Items.Select(item => item.Subscription.ApplicationId).Distinct()]);
        await JsonAnswer.WriteAsync(
            http,
            Lists.Of(
                http, page, found.Total,
                [.. found.Items.Select(item => SubscriptionResource.Of(item, counts.GetValueOrDefault(item.Subscription.ApplicationId)))]));
    }

    private async Task InfoAsync(HttpContext http)
    {
        var (subscriber, _) = await subscriptions.NeedAsync(http.Caller(), http.Path("subscriptionId"));
        await JsonAnswer.WriteAsync(http, new SubscriberInfo(subscriber.Owner, []));
    }

    private async Task BlockAsync(HttpContext http)
    {
        var state = SubscriptionRules.BlockState(http.NeedQuery("blockState"));
        await ChangeStateAsync(http, state);
    }

    private Task UnblockAsync(HttpContext http) => ChangeStateAsync(http, SubscriptionState.Unblocked);

    private async Task ChangeStateAsync(HttpContext http, SubscriptionState state)
    {
        var (subscriber, _) = await subscriptions.NeedAsync(http.Caller(), http.NeedQuery("subscriptionId"));
        EntityTag.RefuseStale(http, subscriber.Subscription.RowVersion, "subscription");
        await subscriptions.ChangeStateAsync(http.Caller(), subscriber, state);
        AnswerChanged(http, subscriber);
    }

    private async Task ChangePlanAsync(HttpContext http)
    {
        var (subscriber, api) = await subscriptions.NeedAsync(http.Caller(), http.NeedQuery("subscriptionId"));
        EntityTag.RefuseStale(http, subscriber.Subscription.RowVersion, "subscription");
        var plan = await rules.PlanAsync(api, subscriber.Owner, http.NeedQuery("businessPlan"));
        await subscribers.UpdateAsync(subscriber, subscriber.Subscription.State, plan, http.Caller().UserName);
        AnswerChanged(http, subscriber);
    }

    private static void AnswerChanged(HttpContext http, Subscriber subscriber)
    {
        EntityTag.Set(http, subscriber.Subscription.RowVersion + 1);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }
}
