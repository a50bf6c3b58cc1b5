namespace Tollgate.Gateway.Throttle;

/// <summary>One window of one throttle key: what this gateway let through, and what it knows of the others.</summary>
internal sealed class Window(long start, long length)
{
    private long _own;
    private Others? _others;

    /// <summary>Unix milliseconds.</summary>
    public long Start => start;

    /// <summary>Unix milliseconds, exclusive.</summary>
    public long End { get; } = start + length;

    /// <summary>Running total of this gateway since the window began; only undone reservations lower it.</summary>
    public long Own => Volatile.Read(ref _own);

    /// <summary>Counts an amount if the estimated sum stays within the limit. Compare-and-swap, so that the limit-th call is the last one.</summary>
    public bool TryReserve(long amount, long limit, long now)
    {
        var room = limit - (Volatile.Read(ref _others)?.Estimate(now) ?? 0);
        for (var own = Volatile.Read(ref _own); ;)
        {
            // Requests count one each; a body of any size may start while there is any room.
            if (own >= room)
            {
                return false;
            }

            var seen = Interlocked.CompareExchange(ref _own, own + amount, own);
            if (seen == own)
            {
                return true;
            }

            own = seen;
        }
    }

    /// <summary>Counts without a limit: soft quotas, and bytes that were not declared in advance.</summary>
    public void Add(long amount) => Interlocked.Add(ref _own, amount);

    /// <summary>Takes a reservation back because another limit refused the call.</summary>
    public void Undo(long amount) => Interlocked.Add(ref _own, -amount);

    /// <summary>Learns what the other gateways counted.</summary>
    public void Learn(long total, double perSecond, long now) => Volatile.Write(ref _others, new Others(total, perSecond, now));

    // estimate = last announced total of the others + their rate x age of the announcement (docs/architecture.md, limits).
    private sealed record Others(long Total, double PerSecond, long At)
    {
        public long Estimate(long now) => Total + (long)(PerSecond * Math.Max(0, now - At) / 1000);
    }
}
