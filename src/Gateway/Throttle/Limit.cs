using Tollgate.Model;

namespace Tollgate.Gateway.Throttle;

/// <summary>A counter with the limit it is held to.</summary>
/// <param name="Counter">What counts.</param>
/// <param name="Quota">How much, and how it is held to.</param>
/// <param name="Over">The fault beyond it; null lets calls pass (a soft quota).</param>
internal sealed record Limit(Counter Counter, Quota Quota, Fault? Over)
{
    /// <summary>Requests or request body bytes.</summary>
    public QuotaKind Kind => Quota.Kind;

    /// <summary>The limit per window.</summary>
    public long Max => Quota.Limit;

    /// <summary>What holds while no traffic manager is heard.</summary>
    public QuotaOutage Outage => Quota.Outage;

    /// <summary>Only what was granted is spent.</summary>
    public bool IsExact => Quota.Accuracy == QuotaAccuracy.Exact;

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
    public long RetryAt(long now) => FallsTo(Max - 1, now);

    /// <summary>When all of the limit is there again, if there are no more calls.</summary>
    public long WholeAt(long now) => FallsTo(0, now);

    /// <summary>True when permits are out of this gateway's hands, and not used up as far as it knows.</summary>
    public bool MayGetPermits(long now)
    {
        var shared = now + Counter.ClockOffset;
        var others = Counter.At(shared).Others;
        return IsExact && !Counter.Link.IsLost(shared) && (others is null || others.Total + others.Included + others.Reserved < Max);
    }

    /// <summary>When a call that this limit refused may come again: in a second where permits may come, else when the window is over.</summary>
    public long RefusedUntil(long now) => MayGetPermits(now) ? now + 1_000 : RetryAt(now);

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
        var (others, ceiling) = (window.Others, window.Ceiling(Max, now));
        if (Counter.Link.IsCutOff(now))
        {
            return Outage switch
            {
                QuotaOutage.Open => ceiling,
                QuotaOutage.Closed => 0,
                _ => LocalShare(others, ceiling),
            };
        }

        return others?.RoomFor(ceiling, now, Counter.Link.AnnouncedAt) ?? BeforeNews(ceiling);
    }

    // What this gateway had used when it last heard, and its part of what was left then.
    private long LocalShare(Others? others, long ceiling)
    {
        var (included, total) = others is null ? (0, 0) : (others.Included, others.Total + others.Included);
        return included + (Math.Max(0, ceiling - total) / Counter.Link.Gateways);
    }

    // A key that nothing is known about, and the answer is tens of milliseconds away: calls may all come here or be spread evenly. Half the limit is
    // at most a factor of two wrong for the former and, for two gateways, never over.
    private long BeforeNews(long ceiling) => Counter.Link.Gateways == 1 ? ceiling : (ceiling + 1) / 2;

    // When no more than this is taken, by all that is known: in this window, or in the next one by what was let through in this one.
    private long FallsTo(long taken, long now)
    {
        var shared = now + Counter.ClockOffset;
        var window = Counter.At(shared);
        if (window.Before is not { } before)
        {
            return window.End - Counter.ClockOffset;
        }

        var total = window.Own + (window.Others is { } others ? others.Total + others.Reserved : 0);
        if (total < taken && before.OfAll.FallsTo(taken - total, Max, window.Start, Counter.WindowLength) is var at && at < window.End)
        {
            return Math.Max(now, at - Counter.ClockOffset);
        }

        var next = before.OfAll.After(total, Max, window.Start, Counter.WindowLength, window.End);
        return next.FallsTo(taken, Max, window.End, Counter.WindowLength) - Counter.ClockOffset;
    }
}
