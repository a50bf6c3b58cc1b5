using Tollgate.DevPortal.Register;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Applications;

namespace Tollgate.DevPortal.Subscribe;

/// <summary>Finds the subscription that a request names among those of the applications that the caller sees.</summary>
internal sealed class OwnSubscriptions(SubscriptionStore subscriptions, OwnApplications own)
{
    /// <summary>A subscription of somebody else's application reads as not there.</summary>
    public async Task<(Subscription Subscription, Application Application)> NeedAsync(Caller caller, string id)
    {
        var subscription = await subscriptions.FindAsync(caller.Organization, id);
        var application = subscription is null ? null : await own.FindAsync(caller, subscription.ApplicationId);
        return application is null ? throw Refusal.NotFound(900310, "subscription", id) : (subscription!, application);
    }
}
