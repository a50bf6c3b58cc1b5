namespace Tollgate.Gateway.Throttle;

/// <summary>One window of one throttle key: what this gateway let through, and what it knows of the others.</summary>
internal sealed class Window(long start, long length, Others? others = null)
{
    private long _own;
    private long _admitted;
    private long _permits;
    private Others? _others = others;

    /// <summary>Unix milliseconds by the shared clock.</summary>
    public long Start => start;

    /// <summary>Unix milliseconds by the shared clock, exclusive.</summary>
    public long End { get; } = start + length;

    /// <summary>What this gateway let through, with reservations that another limit may still take back.</summary>
    public long Own => Volatile.Read(ref _own);

    /// <summary>What this gateway let through. Only rises, so it is what others are told.</summary>
    public long Admitted => Volatile.Read(ref _admitted);

    /// <summary>What this gateway may let through under an exact limit.</summary>
    public long Permits => Volatile.Read(ref _permits);

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

    public void Grant(long permits) => Interlocked.Add(ref _permits, permits);

    public void Learn(Others others) => Volatile.Write(ref _others, others);
}
