using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.Gateway.Throttle;

/// <summary>The counter of one throttle key: always the current window, rolled over by the first request of the next one.</summary>
internal sealed class Counter
{
    // A clock that steps back by more than this was set; by less, it was corrected, and the window that has begun goes on.
    private const long StepMilliseconds = 1_000;

    private readonly Lock _rolling = new();
    private readonly CounterTable _table;
    private Window _window = new(0, 0);
    private DemandMeter _demand;
    private long _refused;
    private long _asked;
    private int _changed;
    private bool _evicted;

    public Counter(CounterTable table, string key, long windowLength)
    {
        _table = table;
        Key = key;
        WindowLength = windowLength;
        Link = table.Links[Partition.Of(key)];
    }

    public string Key { get; }

    public long WindowLength { get; }

    public PartitionLink Link { get; }

    /// <summary>The limit it was last used with; told to traffic managers.</summary>
    public long Limit { get; private set; }

    /// <summary>Permits to spend, where that limit is exact.</summary>
    public PermitBook? Permits { get; private set; }

    /// <summary>Milliseconds that the shared clock is ahead of this node's.</summary>
    public long ClockOffset => _table.Clock.Offset;

    public Window Latest => Volatile.Read(ref _window);

    /// <summary>True when the next total is worth sending at once: permits are wanted, nothing is known of the others yet, or the limit is near.</summary>
    public bool IsUrgent => Permits is not null || Latest.Others is not { } others || others.IsNear(Limit);

    /// <summary>How much per second is asked of this gateway. Measured whenever a total is sent.</summary>
    public double Demand => _demand.PerSecond;

    /// <summary>What traffic managers were told. Used by the thread that sends and hears.</summary>
    public SentTotals Sent { get; } = new();

    /// <summary>Notes the limit that it is used with from here on.</summary>
    public void Use(Quota quota)
    {
        Limit = quota.Limit;
        Permits = quota.Accuracy == QuotaAccuracy.Exact ? Permits ?? new PermitBook() : null;
    }

    /// <summary>The window that contains this moment of the shared clock.</summary>
    public Window At(long now)
    {
        var window = Volatile.Read(ref _window);
        return now < window.End && now > window.Start - StepMilliseconds ? window : Roll(now);
    }

    /// <summary>Notes that there is news for traffic managers.</summary>
    public void Touch()
    {
        if (Volatile.Read(ref _changed) == 0 && Interlocked.Exchange(ref _changed, 1) == 0)
        {
            _table.Changed(this);
        }
    }

    /// <summary>Notes a refused amount: what is asked for counts, not only what is let through, when gateways divide what is left.</summary>
    public void Refuse(long amount)
    {
        Interlocked.Add(ref _refused, amount);
        Touch();
    }

    /// <summary>Called before the total is read for a message: what is counted from here on is in the next one.</summary>
    public void Collected(long now)
    {
        Volatile.Write(ref _changed, 0);
        var window = Latest;
        // Refusals and what was let through in windows that are over stay in the sum, so that it goes on where windows meet.
        var asked = Volatile.Read(ref _refused) + window.Admitted;
        _demand.Add(Math.Max(0, asked - _asked), now);
        _asked = asked;
    }

    /// <summary>Learns a sum of a traffic manager whose last message from this gateway is known.</summary>
    public void Learn(Announced announced, long announcedAt, long latest, double chance)
    {
        var window = At(Math.Max(_table.Clock.Now, announced.WindowStart));
        if (window.Start != announced.WindowStart)
        {
            return;
        }

        var sent = Sent.Included(latest);
        var included = sent.TotalIn(window);
        var known = window.Others;
        var demand = Math.Max(0, announced.Demand - sent.Demand);
        // A gateway that nobody has asked yet counts as one of many.
        var own = Demand > 0 ? Demand : demand / Math.Max(1, Link.Gateways - 1);
        window.Learn(new Others(
            Math.Max(known?.Total ?? 0, announced.Total - included), announced.Reserved, demand, own, Math.Max(known?.Included ?? 0, included),
            chance, announcedAt));
    }

    /// <summary>True when the counter was idle and has been given up; whoever still holds it finds its successor on the next use.</summary>
    public bool TryEvict(long idleSince)
    {
        lock (_rolling)
        {
            _evicted = _window.End < idleSince;
            return _evicted;
        }
    }

    // Once per window and counter, so a lock is cheap here.
    private Window Roll(long now)
    {
        Counter current;
        lock (_rolling)
        {
            current = _evicted ? _table.Readopt(this) : this;
            if (ReferenceEquals(current, this))
            {
                _evicted = false;
                if (now >= _window.End || now <= _window.Start - StepMilliseconds)
                {
                    Interlocked.Add(ref _refused, _window.Admitted);
                    Volatile.Write(ref _window, new Window(now - (now % WindowLength), WindowLength, Next(_window, now)));
                }

                return _window;
            }
        }

        return current.At(now);
    }

    // Who asked for how much at the end of a window does so at the beginning of the next one.
    private Others? Next(Window last, long now) => last.Others is { } others && now >= last.End
        ? others with { Total = 0, Included = 0, Reserved = others.Reserved > 0 ? Limit / Link.Gateways : 0, OwnDemand = Demand }
        : null;
}
