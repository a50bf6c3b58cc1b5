using System.Collections.Concurrent;
using System.Net;
using Tollgate.Gateway.Follow;
using Tollgate.Gateway.Match;
using Tollgate.Model;

namespace Tollgate.Gateway.Throttle;

/// <summary>Limits of calls without a token: the Unauthenticated plan, counted per client address.</summary>
internal sealed class AnonymousLimits(CounterTable counters)
{
    // More addresses than this at once is an attack; starting over costs each of them one look-up.
    private const int Capacity = 100_000;

    private readonly ConcurrentDictionary<(IPAddress Address, string ApiKey), Known> _known = new();

    public Limit? Of(Snapshot snapshot, ServedApi api, IPAddress address)
    {
        if (_known.TryGetValue((address, api.ThrottleKey), out var known) && ReferenceEquals(known.Snapshot, snapshot))
        {
            return known.Limit;
        }

        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }

        var policy = snapshot.PolicyOf(api.Deployed.Organization, PolicyKind.Subscription, DefaultPolicies.Unauthenticated);
        var limit = policy?.Quota is { } quota
            ? counters.LimitOf($"{address}:{api.ThrottleKey}:{DefaultPolicies.Unauthenticated}", quota, Faults.SubscriptionLimit)
            : null;
        _known[(address, api.ThrottleKey)] = new Known(snapshot, limit);
        return limit;
    }

    private sealed record Known(Snapshot Snapshot, Limit? Limit);
}
