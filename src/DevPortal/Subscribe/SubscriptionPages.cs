using Tollgate.DevPortal.Discover;
using Tollgate.DevPortal.Register;
using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Applications;

namespace Tollgate.DevPortal.Subscribe;

/// <summary>Shows subscriptions with the API and the application they join, whatever has become of the API since.</summary>
internal sealed class SubscriptionPages(ApiStore apis, ApplicationStore applications, ApplicationPages applicationPages)
{
    public async Task<IReadOnlyList<SubscriptionResource>> OfAsync(IReadOnlyList<Subscription> subscriptions)
    {
        var apiOf = await apis.FindAsync([.. subscriptions.Select(subscription => subscription.ApiId).Distinct()]);
        var applicationOf = await applications.FindAsync([.. subscriptions.Select(subscription => subscription.ApplicationId).Distinct()]);
        return
        [
            .. subscriptions.Select(subscription => Of(
                subscription, apiOf.GetValueOrDefault(subscription.ApiId), applicationOf.GetValueOrDefault(subscription.ApplicationId))),
        ];
    }

    private SubscriptionResource Of(Subscription subscription, Api? api, Application? application) => new()
    {
        SubscriptionId = subscription.Id,
        ApplicationId = subscription.ApplicationId,
        ApiId = subscription.ApiId,
        ApiInfo = api is null ? null : CatalogueEntry.Of(api),
        ApplicationInfo = application is null ? null : applicationPages.Listing(application, 0),
        ThrottlingPolicy = subscription.Plan,
        RequestedThrottlingPolicy = subscription.Plan,
        Status = EnumText<SubscriptionState>.Of(subscription.State),
    };
}
