using Microsoft.AspNetCore.Http;
using Tollgate.DevPortal.Keys;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Applications;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Register;

/// <summary>The page of one application.</summary>
internal sealed class OneApplicationPage(
    OwnApplications own, KeyApprovals keys, SubscriptionStore subscriptions, ApiStore apis, DevPortalOptions options)
{
    /// <param name="http">The request.</param>
    /// <param name="newKey">A consumer key whose secret was made just now.</param>
    /// <param name="newSecret">That secret.</param>
    public async Task ShowAsync(HttpContext http, string? newKey, string? newSecret)
    {
        var caller = http.Caller();
        var application = await own.NeedAsync(caller, http.Path("applicationId"));
        var model = new ApplicationModel(
            application,
            [.. (await keys.ListAsync(application)).Select(key => new KeyLine(key.KeyType, key.ConsumerKey, key.KeyState, key.Mode == "MAPPED"))],
            await SubscriptionsAsync(application))
        {
            MayChange = own.MayChange(caller, application),
            NewKey = newKey,
            NewSecret = newSecret,
            TokenAddress = options.BaseUrl + "/oauth2/token",
        };
        var context = http.PageContext(application.Name) with
        {
            Place = "/applications",
            Crumbs = [new PageLink("Applications", Portal.Developer.Link("/applications"))],
            Notice = Notices.Of(http),
        };
        await PageAnswer.WriteAsync<ApplicationView, ApplicationModel>(http, context, model);
    }

    private async Task<IReadOnlyList<SubscriptionLine>> SubscriptionsAsync(Application application)
    {
        var found = await subscriptions.ListAsync(
            new SubscriptionQuery(new ApplicationQuery(application.Organization, application.Owner), null, application.Id),
            new PageRequest(0, PageRequest.MaxLimit));
        var apiOf = await apis.FindAsync([.. found.Items.Select(subscription => subscription.ApiId).Distinct()]);
        return
        [
            .. from subscription in found.Items
               let api = apiOf.GetValueOrDefault(subscription.ApiId)
               select new SubscriptionLine(
                   subscription.Id, subscription.ApiId, api?.Name ?? "a deleted API", api?.Version ?? "", subscription.Plan, subscription.State),
        ];
    }
}
