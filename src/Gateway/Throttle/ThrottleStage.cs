using Tollgate.Model;

namespace Tollgate.Gateway.Throttle;

/// <summary>Counts a call against all its limits at once, or refuses it and counts nothing.</summary>
internal sealed class ThrottleStage
{
    private readonly CounterTable _counters;
    private readonly AnonymousLimits _anonymous;
    private readonly CustomLimits _custom;
    private readonly PermitWait _permits;
    private readonly Check[] _checks;

    public ThrottleStage(CounterTable counters, AnonymousLimits anonymous, CustomLimits custom, PermitWait permits)
    {
        _permits = permits;
        _counters = counters;
        _anonymous = anonymous;
        _custom = custom;
        // The order decides which limit answers for a call that is over several; a soft quota counts and lets the later ones decide.
        _checks =
        [
            CountApiOrOperation,
            CountSubscriptionThenApplication,
            CountCustom,
            CountBackend,
        ];
    }

    private delegate Fault? Check(in RequestView request, Exchange exchange);

    public Verdict Run(in RequestView request, Exchange exchange)
    {
        exchange.Reservations.Clear();
        foreach (var check in _checks)
        {
            if (check(request, exchange) is { } fault)
            {
                return exchange.RefusedBy is { IsExact: true } limit && _permits.TryBegin(limit, exchange) ? Verdict.Suspend : fault;
            }
        }

        exchange.Reservations.Admit();
        return Verdict.Continue;
    }

    // A policy on the whole API takes the place of the operations' policies.
    private Fault? CountApiOrOperation(in RequestView request, Exchange exchange)
    {
        var (api, snapshot) = (exchange.Api!, exchange.Snapshot);
        var deployed = api.Deployed;
        if (deployed.Policy is not null)
        {
            return Count(
                api.Limits.In(snapshot, _counters, deployed.Organization, deployed.Policy, api.ThrottleKey, Faults.ApiLimit), request, exchange);
        }

        for (var operation = exchange.Operation; operation is not null; operation = operation.Also)
        {
            var limits = operation.Limits.In(
                snapshot, _counters, deployed.Organization, operation.Policy, operation.ThrottleKey, Faults.OperationLimit);
            if (Count(limits, request, exchange) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    // A call counts in every group that its conditions hold for, and under the default only where there is none.
    private static Fault? Count(ResolvedLimits.Known limits, in RequestView request, Exchange exchange)
    {
        var isInGroup = false;
        foreach (var (group, limit) in limits.Groups)
        {
            if (!group.Holds(request, exchange))
            {
                continue;
            }

            isInGroup = true;
            if (Refuse(limit, request, exchange) is { } fault)
            {
                return fault;
            }
        }

        return isInGroup ? null : Refuse(limits.Default, request, exchange);
    }

    private Fault? CountSubscriptionThenApplication(in RequestView request, Exchange exchange)
    {
        if (exchange.Binding is not { } binding)
        {
            return Refuse(_anonymous.Of(exchange.Snapshot, exchange.Api!, request.ClientAddress), request, exchange);
        }

        for (var i = 0; i < binding.Limits.Count; i++)
        {
            if (Refuse(binding.Limits[i], request, exchange) is { } over)
            {
                return over;
            }
        }

        return null;
    }

    private Fault? CountCustom(in RequestView request, Exchange exchange)
    {
        var policies = exchange.Snapshot.CustomPolicies.All;
        if (policies.Count == 0)
        {
            return null;
        }

        foreach (var limits in _custom.Of(policies))
        {
            if (Refuse(limits.For(request, exchange), request, exchange) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private Fault? CountBackend(in RequestView request, Exchange exchange) =>
        Refuse(exchange.Api!.Backend.For(exchange.Standing?.KeyType ?? KeyType.Production, _counters), request, exchange);

    private static Fault? Refuse(Limit? limit, in RequestView request, Exchange exchange)
    {
        if (limit is null)
        {
            return null;
        }

        var amount = limit.Kind == QuotaKind.Bytes ? request.ContentLength : 1;
        if (limit.TryReserve(amount, request.Now, exchange.Reservations))
        {
            return null;
        }

        exchange.Reservations.Undo();
        exchange.RetryAt = limit.RefusedUntil(request.Now);
        exchange.RefusedBy = limit;
        return limit.Over;
    }
}
