using Tollgate.Gateway.Authenticate;
using Tollgate.Gateway.Match;
using Tollgate.Gateway.Throttle;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Authorize;

/// <summary>How one token calls one API in one snapshot: its subscription, its limits and its endpoint, or why it may not.</summary>
internal sealed class Binding
{
    private Binding(ServedApi api, Standing standing, Fault? fault)
    {
        Api = api;
        Standing = standing;
        Fault = fault;
    }

    public ServedApi Api { get; }

    public Standing Standing { get; }

    public Fault? Fault { get; }

    /// <summary>For whom the call counts: the token's user, or the application's owner.</summary>
    public string User { get; private init; } = "";

    /// <summary>The subscription's business plan.</summary>
    public string Plan { get; private init; } = "";

    /// <summary>What the subscription's calls count under.</summary>
    public string SubscriptionKey { get; private init; } = "";

    /// <summary>What the application's calls for this user count under.</summary>
    public string ApplicationKey { get; private init; } = "";

    /// <summary>True when a deny policy names the API, the application, the user or the subscription.</summary>
    public bool IsDenied { get; private init; }

    /// <summary>Subscription quota and burst, application quota and burst; in the order they are checked.</summary>
    public IReadOnlyList<Limit> Limits { get; private init; } = [];

    public static Binding Of(TokenInfo token, ServedApi api, Standing standing, CounterTable counters)
    {
        var snapshot = standing.Snapshot;
        var application = standing.Application!;
        if ((standing.ApiId is not null && standing.ApiId != api.Deployed.ApiId)
            || !snapshot.Subscriptions.TryGetValue((application.Id, api.Deployed.ApiId), out var subscription))
        {
            return new Binding(api, standing, Faults.NotSubscribed);
        }

        var fault = subscription.State switch
        {
            SubscriptionState.Blocked => Faults.SubscriptionBlocked,
            SubscriptionState.ProductionBlocked when standing.KeyType == KeyType.Production => Faults.SubscriptionBlocked,
            SubscriptionState.OnHold or SubscriptionState.Rejected => Faults.SubscriptionInactive,
            // An API key is meant for whatever its application subscribed to.
            _ when !api.AnyAudience && token.Kind == TokenKind.AccessToken && !HasAudience(token, api) => Faults.WrongAudience,
            _ => null,
        };
        if (fault is not null)
        {
            return new Binding(api, standing, fault);
        }

        // A call without a user counts for the application's owner, as in the field.
        var user = token.IsUser ? token.Subject! : $"{application.Owner}@{application.Organization}";
        List<Limit> limits = [];
        var plan = snapshot.PolicyOf(application.Organization, PolicyKind.Subscription, subscription.Plan);
        var ofPlan = ThrottleKeys.Subscription(application.Id, api.ThrottleKey, subscription.Plan);
        Add(limits, counters, ofPlan, plan, Faults.SubscriptionLimit, Faults.SubscriptionBurst);
        var policy = snapshot.PolicyOf(application.Organization, PolicyKind.Application, application.Policy);
        var ofUser = ThrottleKeys.Application(application.Id, user, application.Resets);
        Add(limits, counters, ofUser, policy, Faults.ApplicationLimit, Faults.ApplicationBurst);
        return new Binding(api, standing, null)
        {
            Limits = limits,
            IsDenied = IsDeniedTo(user, api, standing),
            User = user,
            Plan = subscription.Plan,
            SubscriptionKey = ofPlan,
            ApplicationKey = ofUser,
        };
    }

    private static bool IsDeniedTo(string user, ServedApi api, Standing standing)
    {
        var deployed = api.Deployed;
        if (standing.Snapshot.DenyPolicies.In(deployed.Organization) is not { } denied)
        {
            return false;
        }

        var application = standing.Application!;
        return denied.Api(deployed.Context)
            || denied.User(user)
            || denied.Application(application.Owner, application.Name)
            || (denied.HasSubscriptions && denied.Subscription(
                $"{api.ThrottleKey}:{application.Owner}-{application.Name}:{EnumText<KeyType>.Of(standing.KeyType)}"));
    }

    private static void Add(
        List<Limit> limits, CounterTable counters, string key, RuntimePolicy? policy, Fault overQuota, Fault overBurst)
    {
        if (policy?.Quota is { } quota)
        {
            limits.Add(counters.LimitOf(key, quota, policy.StopOnQuotaReach ? overQuota : null));
        }

        if (policy?.Burst is { } burst)
        {
            limits.Add(counters.LimitOf(ThrottleKeys.Burst(key), burst, overBurst));
        }
    }

    private static bool HasAudience(TokenInfo token, ServedApi api)
    {
        foreach (var audience in token.Audiences)
        {
            if (api.Deployed.Audiences.Contains(audience))
            {
                return true;
            }
        }

        return false;
    }
}
