using System.Text.Json.Serialization;
using Tollgate.Model;
using Tollgate.Storage.Applications;

namespace Tollgate.Publisher.Admit;

/// <summary>A subscription as publishers see it.</summary>
internal sealed record SubscriptionResource(
    string SubscriptionId, ApplicationInfo ApplicationInfo, string ThrottlingPolicy, SubscriptionState SubscriptionStatus)
{
    public static SubscriptionResource Of(Subscriber subscriber, int subscriptionsOfApplication)
    {
        var subscription = subscriber.Subscription;
        return new SubscriptionResource(
            subscription.Id,
            new ApplicationInfo(
                subscription.ApplicationId, subscriber.ApplicationName, subscriber.Owner, subscriber.Description, subscriptionsOfApplication),
            subscription.Plan, subscription.State);
    }
}

/// <summary>The application that holds a subscription.</summary>
internal sealed record ApplicationInfo(string ApplicationId, string Name, string Subscriber, string? Description, int SubscriptionCount);

/// <summary>Who subscribed.</summary>
internal sealed record SubscriberInfo(string Name, IReadOnlyList<SubscriberClaim> Claims);

/// <summary>What is known of a subscriber beside the name; this version knows nothing more.</summary>
internal sealed record SubscriberClaim(string Name, [property: JsonPropertyName("URI")] string Uri, string Value);
