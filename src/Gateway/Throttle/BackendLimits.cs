using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Throttle;

/// <summary>How many calls the backends of an API bear, whoever makes them.</summary>
internal sealed class BackendLimits(MaxTps? most, string apiKey)
{
    private readonly Quota? _production = QuotaOf(most?.Production, most?.ProductionTimeUnit);
    private readonly Quota? _sandbox = QuotaOf(most?.Sandbox, most?.SandboxTimeUnit);
    private Limit? _ofProduction;
    private Limit? _ofSandbox;

    public Limit? For(KeyType keyType, CounterTable counters) => keyType == KeyType.Production
        ? For(ref _ofProduction, _production, keyType, counters)
        : For(ref _ofSandbox, _sandbox, keyType, counters);

    private Limit? For(ref Limit? known, Quota? quota, KeyType keyType, CounterTable counters)
    {
        if (quota is null)
        {
            return null;
        }

        var limit = Volatile.Read(ref known);
        if (limit is null)
        {
            limit = counters.LimitOf(ThrottleKeys.Backend(apiKey, keyType), quota, Faults.BackendLimit);
            Volatile.Write(ref known, limit);
        }

        return limit;
    }

    // Publishers write 0 where they mean no limit; a backend for nobody is undeployed instead.
    private static Quota? QuotaOf(long? count, string? unit) =>
        count > 0 ? Quota.Checked(QuotaKind.Requests, count.Value, unit, 1) : null;
}
