using Tollgate.Model;

namespace Tollgate.Gateway.Throttle;

/// <summary>A counter with the limit it is held to.</summary>
/// <param name="Counter">What counts.</param>
/// <param name="Kind">Requests or request body bytes.</param>
/// <param name="Max">The limit per window.</param>
/// <param name="Over">The fault beyond it; null lets calls pass (a soft quota).</param>
/// <param name="Outage">What holds while no traffic manager is heard.</param>
/// <param name="IsExact">Only what was granted is spent.</param>
internal sealed record Limit(Counter Counter, QuotaKind Kind, long Max, Fault? Over, QuotaOutage Outage, bool IsExact)
{
    /// <summary>Reserves an amount, or refuses it. <paramref name="now"/> is this node's clock.</summary>
    public bool TryReserve(long amount, long now, Reservations reservations)
    {
        var shared = now + Counter.ClockOffset;
        var window = Counter.At(shared);
        if (Over is null)
        {
            window.Reserve(amount);
        }
        else if (!window.TryReserve(amount, IsExact ? window.Permits : Room(window, shared)))
        {
            Counter.Refuse(amount);
            return false;
        }

        reservations.Add(this, window, amount);
        return true;
    }

    /// <summary>When a refused caller may come again, in Unix milliseconds by this node's clock.</summary>
    public long RetryAt => Counter.Latest.End - Counter.ClockOffset;

    /// <summary>True when permits are out of this gateway's hands, and not used up as far as it knows.</summary>
    public bool MayGetPermits(long now)
    {
        var shared = now + Counter.ClockOffset;
        var others = Counter.At(shared).Others;
        return IsExact && !Counter.Link.IsLost(shared) && (others is null || others.Total + others.Included + others.Reserved < Max);
    }

    /// <summary>When a call that this limit refused may come again: in a second where permits may come, else when the window is over.</summary>
    public long RefusedUntil(long now) => MayGetPermits(now) ? now + 1_000 : RetryAt;

    /// <summary>How much more this gateway would let through.</summary>
    public long Remaining(long now)
    {
        var shared = now + Counter.ClockOffset;
        var window = Counter.At(shared);
        return Math.Max(0, Room(window, shared) - window.Own);
    }

    /// <summary>True while this limit holds by what is known from before: no traffic manager is heard.</summary>
    public bool IsCutOff(long now) => Counter.Link.IsCutOff(now + Counter.ClockOffset);

    /// <summary>How much this gateway may have let through in the window.</summary>
    private long Room(Window window, long now)
    {
        var others = window.Others;
        if (Counter.Link.IsCutOff(now))
        {
            return Outage switch
            {
                QuotaOutage.Open => Max,
                QuotaOutage.Closed => 0,
                _ => LocalShare(others),
            };
        }

        return others?.RoomFor(Max, now, Counter.Link.AnnouncedAt) ?? BeforeNews();
    }

    // What this gateway had used when it last heard, and its part of what was left then.
    private long LocalShare(Others? others)
    {
        var (included, total) = others is null ? (0, 0) : (others.Included, others.Total + others.Included);
        return included + (Math.Max(0, Max - total) / Counter.Link.Gateways);
    }

    // A key that nothing is known about, and the answer is tens of milliseconds away: calls may all come here or be spread evenly. Half the limit is
    // at most a factor of two wrong for the former and, for two gateways, never over.
    private long BeforeNews() => Counter.Link.Gateways == 1 ? Max : (Max + 1) / 2;
}
