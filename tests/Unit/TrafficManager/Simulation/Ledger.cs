using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.Unit.TrafficManager.Simulation;

/// <summary>What all gateways together really let through, per window.</summary>
internal sealed class Ledger(SimulatedTime time, Quota quota)
{
    private readonly SortedDictionary<long, Entry> _windows = [];
    private readonly Queue<long> _latest = [];
    private readonly long _limit = quota.Limit;

    /// <summary>How long news takes.</summary>
    public long News { get; set; }

    /// <summary>By how much more calls it ever was over the limit than there were let through in that time.</summary>
    public long Excess { get; private set; } = long.MinValue;

    public IEnumerable<Entry> Windows => _windows.Values;

    /// <summary>What earlier windows take of the limit in this one.</summary>
    public Carryover Before(long window)
    {
        var before = new Carryover(quota.Window, quota.WindowMilliseconds, 0, 0);
        Entry? last = null;
        foreach (var entry in _windows.Values.TakeWhile(entry => entry.Start < window))
        {
            before = last is null ? before : before.After(last.Total, _limit, last.Start, quota.CountedMilliseconds, entry.Start);
            last = entry;
        }

        return last is null ? before : before.After(last.Total, _limit, last.Start, quota.CountedMilliseconds, window);
    }

    /// <param name="window">In which it counts.</param>
    /// <param name="now">By the clock that all share.</param>
    public void Admit(long window, long now)
    {
        if (!_windows.TryGetValue(window, out var entry))
        {
            _windows[window] = entry = new Entry(window);
        }

        entry.Total++;
        entry.LastAt = time.Now;
        if (entry.Total == _limit)
        {
            entry.FullAt = time.Now;
        }

        if (quota.Window != QuotaWindow.Fixed)
        {
            Measure(entry, now);
        }
    }

    private void Measure(Entry entry, long now)
    {
        _latest.Enqueue(time.Now);
        while (_latest.Peek() < time.Now - News)
        {
            _latest.Dequeue();
        }

        var over = entry.Total + Before(entry.Start).Taken(_limit, entry.Start, quota.CountedMilliseconds, now) - _limit;
        Excess = Math.Max(Excess, over - _latest.Count);
    }

    internal sealed class Entry(long start)
    {
        public long Start => start;

        public long Total { get; set; }

        /// <summary>When the limit was reached; 0 when it was not.</summary>
        public long FullAt { get; set; }

        public long LastAt { get; set; }

        /// <summary>How long calls were still let through after that.</summary>
        public long Overtime => FullAt == 0 ? 0 : LastAt - FullAt;
    }
}
