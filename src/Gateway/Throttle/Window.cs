namespace Tollgate.Gateway.Throttle;

/// <summary>One window of one throttle key: what this gateway let through, and what it knows of the others.</summary>
/// <param name="start">Unix milliseconds by the shared clock.</param>
/// <param name="length">In milliseconds.</param>
/// <param name="others">What is known of other gateways to begin with.</param>
/// <param name="before">What was before; null where windows are fixed.</param>
internal sealed class Window(long start, long length, Others? others = null, Preceding? before = null)
{
    private long _own;
    private long _admitted;
    private long _permits;
    private Others? _others = others;

    /// <summary>Unix milliseconds by the shared clock.</summary>
    public long Start => start;

    /// <summary>Unix milliseconds by the shared clock, exclusive.</summary>
    public long End { get; } = start + length;

    /// <summary>What was before; null where windows are fixed.</summary>
    public Preceding? Before => before;

    /// <summary>What this gateway let through, with reservations that another limit may still take back.</summary>
    public long Own => Volatile.Read(ref _own);

    /// <summary>What this gateway let through. Only rises, so it is what others are told.</summary>
    public long Admitted => Volatile.Read(ref _admitted);

    /// <summary>What this gateway may let through under an exact limit.</summary>
    public long Permits => Volatile.Read(ref _permits);

    /// <summary>How much more than the limit all gateways together let through, as far as it was noted.</summary>
    public long NotedExcess { get; set; }

    /// <summary>What was last heard of the other gateways; null when nothing was.</summary>
    public Others? Others => Volatile.Read(ref _others);

    /// <summary>Reserves an amount while this gateway has let through less than it may. Compare-and-swap, so that the limit-th call is the last one.</summary>
    public bool TryReserve(long amount, long room)
    {
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

    /// <summary>Reserves without a limit: soft quotas.</summary>
    public void Reserve(long amount) => Interlocked.Add(ref _own, amount);

    /// <summary>Takes a reservation back because another limit refused the call.</summary>
    public void Undo(long amount) => Interlocked.Add(ref _own, -amount);

    /// <summary>The reserved call goes on: from here on it counts everywhere.</summary>
    public void Admit(long amount) => Interlocked.Add(ref _admitted, amount);

    /// <summary>Counts what a call that goes on turned out to use besides.</summary>
    public void Add(long amount)
    {
        Interlocked.Add(ref _own, amount);
        Interlocked.Add(ref _admitted, amount);
    }

    /// <summary>What of a limit is left to this window at a moment of it.</summary>
    public long Ceiling(long limit, long now) => before is null ? limit : limit - before.OfAll.Taken(limit, start, length, now);

    public void Grant(long permits) => Interlocked.Add(ref _permits, permits);

    public void Learn(Others others) => Volatile.Write(ref _others, others);
}
