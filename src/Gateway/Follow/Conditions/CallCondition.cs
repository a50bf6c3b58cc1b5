using Tollgate.Model;

namespace Tollgate.Gateway.Follow.Conditions;

/// <summary>A condition on calls, ready to be tried on every one.</summary>
internal abstract class CallCondition(bool invert)
{
    public bool Holds(in RequestView request, Exchange exchange) => IsMet(request, exchange) != invert;

    protected abstract bool IsMet(in RequestView request, Exchange exchange);

    public static CallCondition Of(Condition condition) => condition.Kind switch
    {
        ConditionKind.Address => new AddressCondition(AddressSpan.Parse(condition.Value), condition.Invert),
        ConditionKind.Header => new HeaderCondition(condition.Name!, condition.Value, condition.Invert),
        ConditionKind.QueryParameter => new QueryCondition(condition.Name!, condition.Value, condition.Invert),
        _ => new ClaimCondition(condition.Name!, condition.Value, condition.Invert),
    };
}
