using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Tollgate.Gateway.Follow.Rules;

namespace Tollgate.Gateway.Throttle;

/// <summary>The limits of custom policies by the keys that calls had so far.</summary>
internal sealed class CustomLimits(CounterTable counters)
{
    private Known _known = new([], []);

    /// <summary>The limits of these policies, in their order; begun anew when the policies change, while the counters go on.</summary>
    public KeyedLimits[] Of(IReadOnlyList<CustomPolicy> policies)
    {
        var known = Volatile.Read(ref _known);
        if (!ReferenceEquals(known.Policies, policies))
        {
            var limits = new KeyedLimits[policies.Count];
            for (var i = 0; i < limits.Length; i++)
            {
                limits[i] = new KeyedLimits(counters, policies[i]);
            }

            known = new Known(policies, limits);
            Volatile.Write(ref _known, known);
        }

        return known.Limits;
    }

    private sealed record Known(IReadOnlyList<CustomPolicy> Policies, KeyedLimits[] Limits);
}

/// <summary>The limits of one custom policy.</summary>
internal sealed class KeyedLimits
{
    // More keys than this at once is an attack; starting over costs each of them one look-up.
    private const int Capacity = 100_000;
    private const int Usual = 256;

    private readonly CounterTable _counters;
    private readonly CustomPolicy _policy;
    private readonly ConcurrentDictionary<string, Limit> _limits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Limit>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public KeyedLimits(CounterTable counters, CustomPolicy policy)
    {
        _counters = counters;
        _policy = policy;
        _lookup = _limits.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The limit that the call counts against, or null.</summary>
    public Limit? For(in RequestView request, Exchange exchange)
    {
        var key = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[Usual]);
        var limit = _policy.TryWriteKey(ref key, exchange, request.ClientAddress, request.ContentLength) ? Find(key.Text) : null;
        key.Clear();
        return limit;
    }

    private Limit Find(ReadOnlySpan<char> key)
    {
        if (_lookup.TryGetValue(key, out var limit))
        {
            return limit;
        }

        if (_limits.Count >= Capacity)
        {
            _limits.Clear();
        }

        // Two policies may have the same key.
        limit = _counters.LimitOf($"{_policy.Name}:{key}", _policy.Quota, Faults.CustomLimit);
        _lookup[key] = limit;
        return limit;
    }
}
