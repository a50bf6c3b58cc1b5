using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Applications;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Admit;

/// <summary>Who uses an API, and who no longer may.</summary>
internal sealed class SubscriberPages(ApiLookup lookup, SubscriberStore subscribers, AdmittedSubscriptions subscriptions, Viewers viewers)
{
    private static readonly string[] Block = [RestScopes.SubscriptionBlock, RestScopes.SubscriptionsManage];

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/apis/{apiId}/subscriptions", http => ShowAsync(http, null))
            .NeedsOnPage(RestScopes.ApiView, RestScopes.SubscriptionsManage, RestScopes.SubscriptionView);
        pages.MapPost("/apis/{apiId}/subscriptions/{subscriptionId}/block", http => ChangeAsync(http, SubscriptionState.Blocked, "blocked"))
            .NeedsOnPage(Block);
        pages.MapPost("/apis/{apiId}/subscriptions/{subscriptionId}/unblock", http => ChangeAsync(http, SubscriptionState.Unblocked, "unblocked"))
            .NeedsOnPage(Block);
    }

    private Task ChangeAsync(HttpContext http, SubscriptionState state, string notice) => PageForm.TryAsync(
        http,
        async () =>
        {
            var (subscriber, api) = await subscriptions.NeedAsync(http.Caller(), http.Path("subscriptionId"));
            await subscriptions.ChangeStateAsync(http.Caller(), subscriber, state);
            http.GoTo($"/apis/{api.Id}/subscriptions?notice={notice}");
        },
        problem => ShowAsync(http, problem));

    private async Task ShowAsync(HttpContext http, FormProblem? problem)
    {
        var (caller, page) = (http.Caller(), http.Page());
        var api = await lookup.NeedAsync(caller, http.Path("apiId"));
        var found = await subscribers.ListAsync(new SubscriberQuery(caller.Organization, api.Id, viewers.Publisher(caller), null), page);
        await PageAnswer.WriteAsync<SubscribersView, SubscribersModel>(
            http, ApiFrame.Of(http, api, "Subscriptions"),
            new SubscribersModel(api, found.Items, PageOfList.Of(http, page, found.Items.Count, found.Total), problem));
    }
}
