using Tollgate.Gateway.Follow;
using Tollgate.Gateway.Follow.Conditions;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Throttle;

/// <summary>The limits of an API or operation under its advanced policy, looked up once per snapshot.</summary>
internal sealed class ResolvedLimits
{
    private Known? _known;

    public Known In(Snapshot snapshot, CounterTable counters, string organization, string? policyName, string key, Fault over)
    {
        var known = Volatile.Read(ref _known);
        if (known is not null && ReferenceEquals(known.Snapshot, snapshot))
        {
            return known;
        }

        known = policyName is not null && snapshot.PolicyOf(organization, PolicyKind.Advanced, policyName) is { } policy
            ? Of(snapshot, counters, policy, key, over)
            : new Known(snapshot, null, []);
        Volatile.Write(ref _known, known);
        return known;
    }

    private static Known Of(Snapshot snapshot, CounterTable counters, RuntimePolicy policy, string key, Fault over)
    {
        var groups = snapshot.GroupsOf(policy.Organization, policy.Name);
        var limits = new GroupLimit[groups.Count];
        for (var i = 0; i < limits.Length; i++)
        {
            limits[i] = new GroupLimit(
                groups[i], groups[i].Quota is { } ofGroup ? counters.LimitOf(ThrottleKeys.Group(key, i + 1), ofGroup, over) : null);
        }

        return new Known(snapshot, policy.Quota is { } quota ? counters.LimitOf(ThrottleKeys.Default(key), quota, over) : null, limits);
    }

    /// <summary>What one snapshot says.</summary>
    /// <param name="Snapshot">Which.</param>
    /// <param name="Default">For calls that no group is for; null limits nothing.</param>
    /// <param name="Groups">In the order of the policy.</param>
    internal sealed record Known(Snapshot Snapshot, Limit? Default, GroupLimit[] Groups);

    /// <summary>A group with its limit; null limits nothing.</summary>
    internal sealed record GroupLimit(CallGroup Group, Limit? Limit);
}
