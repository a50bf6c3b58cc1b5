using System.Collections.Concurrent;
using Tollgate.Gateway.Throttle.Report;
using Tollgate.Model;
using Tollgate.Model.Events;
using Tollgate.Model.Metrics;

namespace Tollgate.Gateway.Throttle;

/// <summary>All counters of this gateway.</summary>
/// <param name="clock">By which windows begin and end.</param>
/// <param name="isShared">True when gateways of other processes count under the same keys.</param>
internal sealed class CounterTable(SharedClock clock, bool isShared)
{
    // An idle counter is kept for a while: making it anew costs more than its memory.
    private const long IdleMilliseconds = 10 * 60_000;

    private readonly ConcurrentDictionary<(string Key, long WindowLength), Counter> _counters = new();
    private readonly ConcurrentQueue<Counter> _changed = new();
    private readonly ConcurrentQueue<Counter> _urgent = new();
    private readonly SemaphoreSlim _wanted = new(0, 1);

    public int Count => _counters.Count;

    public SharedClock Clock => clock;

    public LimitMeters Meters { get; } = new();

    public IReadOnlyList<PartitionLink> Links { get; } = LinksOf(Partition.Count, new Neighbours(isShared));

    public IEnumerable<MetricFamily> ReadMetrics() => Meters.Read(Links, clock.Now);

    /// <summary>All counters, in no order.</summary>
    public IEnumerable<KeyValuePair<(string Key, long WindowLength), Counter>> All => _counters;

    public Limit LimitOf(string key, Quota quota, Fault? over)
    {
        var counter = _counters.GetOrAdd(
            (key, quota.CountedMilliseconds), static (id, table) => new Counter(table, id.Key, id.WindowLength), this);
        counter.Use(quota, refuses: over is not null);
        return new Limit(counter, quota, over);
    }

    /// <summary>The counter of a key, when this gateway uses it.</summary>
    public Counter? Find(string key, long windowLength) => _counters.GetValueOrDefault((key, windowLength));

    /// <summary>Takes a counter with news, each once: all of them, or only those that are urgent.</summary>
    public bool TryTakeChanged(bool all, out Counter counter)
    {
        if (_urgent.TryDequeue(out var found) || (all && _changed.TryDequeue(out found)))
        {
            counter = found;
            return true;
        }

        counter = null!;
        return false;
    }

    /// <summary>Completes when a call waits for what is urgent.</summary>
    public Task WantedAsync(CancellationToken cancellation) => _wanted.WaitAsync(cancellation);

    /// <summary>A call waits: what is urgent goes out now, and not with the next tick.</summary>
    public void Wake()
    {
        try
        {
            _wanted.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been told.
        }
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

    internal void Changed(Counter counter) => (counter.IsUrgent ? _urgent : _changed).Enqueue(counter);

    /// <summary>Puts an evicted counter back, or names the one that took its place.</summary>
    internal Counter Readopt(Counter counter) => _counters.GetOrAdd((counter.Key, counter.WindowLength), counter);

    private static PartitionLink[] LinksOf(int partitions, Neighbours neighbours)
    {
        var links = new PartitionLink[partitions];
        for (var i = 0; i < partitions; i++)
        {
            links[i] = new PartitionLink(i, neighbours);
        }

        return links;
    }
}
