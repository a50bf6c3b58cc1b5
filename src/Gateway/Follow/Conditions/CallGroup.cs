using Tollgate.Model;

namespace Tollgate.Gateway.Follow.Conditions;

/// <summary>The conditions of a group and the quota for calls that all of them hold for.</summary>
internal sealed class CallGroup(ConditionGroup group)
{
    private readonly CallCondition[] _conditions = [.. group.Conditions.Select(CallCondition.Of)];

    /// <summary>Null limits nothing.</summary>
    public Quota? Quota => group.Quota;

    public bool Holds(in RequestView request, Exchange exchange)
    {
        foreach (var condition in _conditions)
        {
            if (!condition.Holds(request, exchange))
            {
                return false;
            }
        }

        return _conditions.Length > 0;
    }
}
