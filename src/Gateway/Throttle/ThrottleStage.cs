using Tollgate.Model;

namespace Tollgate.Gateway.Throttle;

/// <summary>Counts a call against all its limits at once, or refuses it and counts nothing.</summary>
internal sealed class ThrottleStage(CounterTable counters, AnonymousLimits anonymous)
{
    public Verdict Run(in RequestView request, Exchange exchange)
    {
        exchange.Reservations.Clear();
        if (CountOperation(request, exchange) is { } fault)
        {
            return fault;
        }

        if (exchange.Binding is not { } binding)
        {
            var limit = anonymous.Of(exchange.Snapshot, exchange.Api!, request.ClientAddress);
            return limit is not null && Refuse(limit, request, exchange) is { } over ? over : Verdict.Continue;
        }

        for (var i = 0; i < binding.Limits.Count; i++)
        {
            if (Refuse(binding.Limits[i], request, exchange) is { } over)
            {
                return over;
            }
        }

        return Verdict.Continue;
    }

    // A policy on the whole API takes the place of the operations' policies.
    private Fault? CountOperation(in RequestView request, Exchange exchange)
    {
        var (api, snapshot) = (exchange.Api!, exchange.Snapshot);
        var deployed = api.Deployed;
        if (deployed.Policy is not null)
        {
            var ofApi = api.Limit.In(snapshot, counters, deployed.Organization, deployed.Policy, api.ThrottleKey, Faults.ApiLimit);
            return ofApi is null ? null : Refuse(ofApi, request, exchange);
        }

        for (var operation = exchange.Operation; operation is not null; operation = operation.Also)
        {
            var limit = operation.Limit.In(
                snapshot, counters, deployed.Organization, operation.Policy, operation.ThrottleKey, Faults.OperationLimit);
            if (limit is not null && Refuse(limit, request, exchange) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static Fault? Refuse(Limit limit, in RequestView request, Exchange exchange)
    {
        var amount = limit.Kind == QuotaKind.Bytes ? request.ContentLength : 1;
        var window = limit.Counter.At(request.Now);
        if (limit.Over is null)
        {
            window.Add(amount);
        }
        else if (!window.TryReserve(amount, limit.Max, request.Now))
        {
            exchange.Reservations.Undo();
            exchange.RetryAt = window.End;
            return limit.Over;
        }

        limit.Counter.Touch();
        exchange.Reservations.Add(limit, window, amount);
        return null;
    }
}
