using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Apis;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Subscribe;

/// <summary>The question before a subscription ends, and its end.</summary>
internal sealed class SubscriptionEndPages(OwnSubscriptions owned, SubscriptionApprovals approvals, ApiStore apis)
{
    private const string Path = "/applications/{applicationId}/subscriptions/{subscriptionId}/end";

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, http => AskAsync(http, null)).NeedsOnPage(RestScopes.Subscribe, RestScopes.SubscriptionManage);
        pages.MapPost(Path, EndAsync).NeedsOnPage(RestScopes.Subscribe, RestScopes.SubscriptionManage)
            .Changes(DevPortalModule.BasePath + "/subscriptions/{subscriptionId}");
    }

    private async Task AskAsync(HttpContext http, FormProblem? problem)
    {
        var (subscription, application) = await owned.NeedAsync(http.Caller(), http.Path("subscriptionId"));
        var api = await apis.FindAsync(subscription.Organization, subscription.ApiId);
        var back = new PageLink(application.Name, Portal.Developer.Link($"/applications/{application.Id}"));
        await PageAnswer.WriteAsync<ConfirmPage, Confirmation>(
            http,
            http.PageContext($"End the subscription to {api?.Name}") with
            {
                Place = "/applications",
                Crumbs = [new PageLink("Applications", Portal.Developer.Link("/applications")), back],
            },
            new Confirmation($"Calls of {application.Name} to {api?.Name} are refused as soon as the subscription has ended.", "End subscription", back.Address)
            {
                Problem = problem,
            });
    }

    private async Task EndAsync(HttpContext http)
    {
        var (subscription, application) = await owned.NeedAsync(http.Caller(), http.Path("subscriptionId"));
        await PageForm.TryAsync(
            http,
            async () => http.GoTo($"/applications/{application.Id}?notice={(await approvals.DeleteAsync(http.Caller(), subscription) ? "ended" : "waits")}"),
            problem => AskAsync(http, problem));
    }
}
