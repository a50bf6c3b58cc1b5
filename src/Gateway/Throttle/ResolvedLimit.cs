using Tollgate.Gateway.Follow;
using Tollgate.Model;

namespace Tollgate.Gateway.Throttle;

/// <summary>The limit of an API or operation, looked up once per snapshot.</summary>
internal sealed class ResolvedLimit
{
    private Known? _known;

    public Limit? In(Snapshot snapshot, CounterTable counters, string organization, string? policyName, string key, Fault over)
    {
        var known = Volatile.Read(ref _known);
        if (known is not null && ReferenceEquals(known.Snapshot, snapshot))
        {
            return known.Limit;
        }

        var policy = policyName is null ? null : snapshot.PolicyOf(organization, PolicyKind.Advanced, policyName);
        known = new Known(snapshot, policy?.Quota is { } quota ? counters.LimitOf(key, quota, over) : null);
        Volatile.Write(ref _known, known);
        return known.Limit;
    }

    private sealed record Known(Snapshot Snapshot, Limit? Limit);
}
