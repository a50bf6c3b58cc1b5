using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.Storage.Applications;

namespace Tollgate.Publisher.Admit;

/// <summary>The subscriptions to the APIs that a publisher may see.</summary>
internal sealed class AdmittedSubscriptions(ApiLookup apis, SubscriberStore subscribers)
{
    /// <summary>A subscription to an API that the caller may not see reads as not there.</summary>
    public async Task<(Subscriber Subscriber, Api Api)> NeedAsync(Caller caller, string id)
    {
        var subscriber = await subscribers.FindAsync(caller.Organization, id) ?? throw Refusal.NotFound(900310, "subscription", id);
        return (subscriber, await apis.NeedAnyAsync(caller, subscriber.Subscription.ApiId));
    }

    /// <summary>Blocks a subscription, or opens it again.</summary>
    public async Task ChangeStateAsync(Caller caller, Subscriber subscriber, SubscriptionState state)
    {
        SubscriptionRules.RefuseUnused(subscriber.Subscription, state);
        await subscribers.UpdateAsync(subscriber, state, subscriber.Subscription.Plan, caller.UserName);
    }
}
