namespace Tollgate.Unit.TrafficManager.Simulation;

/// <summary>What all gateways together really let through, per window.</summary>
internal sealed class Ledger(SimulatedTime time, long limit)
{
    private readonly SortedDictionary<long, Entry> _windows = [];

    public IEnumerable<Entry> Windows => _windows.Values;

    public void Admit(long window)
    {
        if (!_windows.TryGetValue(window, out var entry))
        {
            _windows[window] = entry = new Entry(window);
        }

        entry.Total++;
        entry.LastAt = time.Now;
        if (entry.Total == limit)
        {
            entry.FullAt = time.Now;
        }
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
