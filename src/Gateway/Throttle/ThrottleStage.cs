using Tollgate.Model;

namespace Tollgate.Gateway.Throttle;

/// <summary>Counts a call against all its limits at once, or refuses it and counts nothing.</summary>
internal sealed class ThrottleStage(CounterTable counters, AnonymousLimits anonymous)
{
    public Verdict Run(in RequestView request, Exchange exchange)
    {
        exchange.Reservations.Clear();
        if (ApiLimit(exchange) is { } first && Refuse(first, request, exchange) is { } fault)
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
    private Limit? ApiLimit(Exchange exchange)
    {
        var api = exchange.Api!;
        var deployed = api.Deployed;
        if (deployed.Policy is not null)
        {
            return api.Limit.In(exchange.Snapshot, counters, deployed.Organization, deployed.Policy, api.ThrottleKey, Faults.ApiLimit);
        }

        var operation = exchange.Operation!;
        return operation.Limit.In(
            exchange.Snapshot, counters, deployed.Organization, operation.Policy, operation.ThrottleKey, Faults.OperationLimit);
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
