using System.Collections.Concurrent;
using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.Gateway.Throttle;

/// <summary>All counters of this gateway.</summary>
internal sealed class CounterTable
{
    // An idle counter is kept for a while: making it anew costs more than its memory.
    private const long IdleMilliseconds = 10 * 60_000;

    private readonly ConcurrentDictionary<(string Key, long WindowLength), Counter> _counters = new();
    private readonly ConcurrentQueue<Counter> _changed = new();

    public int Count => _counters.Count;

    public Limit LimitOf(string key, Quota quota, Fault? over)
    {
        var counter = _counters.GetOrAdd(
            (key, quota.WindowMilliseconds), static (id, table) => new Counter(table, id.Key, id.WindowLength), this);
        counter.Limit = quota.Limit;
        return new Limit(counter, quota.Kind, quota.Limit, over);
    }

    /// <summary>Learns an announcement; counters that this gateway does not use are none of its business.</summary>
    public void Learn(Announced announced, string gateway, long now)
    {
        if (_counters.TryGetValue((announced.Key, announced.WindowMilliseconds), out var counter)
            && counter.At(now) is var window && window.Start == announced.WindowStart)
        {
            window.Learn(announced.Total - announced.Shares.GetValueOrDefault(gateway), OthersRate(announced, gateway), now);
        }
    }

    /// <summary>The totals that changed since the last call.</summary>
    public List<UsageTotal> Collect()
    {
        List<UsageTotal> totals = [];
        while (_changed.TryDequeue(out var counter))
        {
            counter.Collected();
            var window = counter.Latest;
            totals.Add(new UsageTotal(counter.Key, window.Start, counter.WindowLength, counter.Limit, window.Own));
        }

        return totals;
    }

    public void EvictIdle(long now)
    {
        foreach (var (id, counter) in _counters)
        {
            if (counter.TryEvict(now - IdleMilliseconds))
            {
                _counters.TryRemove(new KeyValuePair<(string, long), Counter>(id, counter));
            }
        }
    }

    internal void Changed(Counter counter) => _changed.Enqueue(counter);

    /// <summary>Puts an evicted counter back, or names the one that took its place.</summary>
    internal Counter Readopt(Counter counter) => _counters.GetOrAdd((counter.Key, counter.WindowLength), counter);

    // The others' part of the rate, by their part of the total.
    private static double OthersRate(Announced announced, string gateway) => announced.Total == 0
        ? 0
        : announced.PerSecond * (announced.Total - announced.Shares.GetValueOrDefault(gateway)) / announced.Total;
}
