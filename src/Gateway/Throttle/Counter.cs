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
    private Quota? _quota;
    private bool _refuses;
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
    public long Limit => _quota?.Limit ?? 0;

    /// <summary>Permits to spend, where that limit is exact.</summary>
    public PermitBook? Permits { get; private set; }

    /// <summary>Milliseconds that the shared clock is ahead of this node's.</summary>
    public long ClockOffset => _table.Clock.Offset;

    public Window Latest => Volatile.Read(ref _window);

    /// <summary>Until when it matters what was counted.</summary>
    public long ForgottenAt
    {
        get
        {
            var window = Latest;
            return window.Before is { } before
                ? before.OfAll.ForgottenAt(window.Own + (window.Others?.Total ?? 0), Limit, window.Start, WindowLength)
                : window.End;
        }
    }

    /// <summary>True when the next total is worth sending at once: permits are wanted, nothing is known of the others yet, or the limit is near.</summary>
    public bool IsUrgent => Permits is not null || Latest.Others is not { } others || others.IsNear(Latest.Ceiling(Limit, _table.Clock.Now));

    /// <summary>How much per second is asked of this gateway. Measured whenever a total is sent.</summary>
    public double Demand => _demand.PerSecond;

    /// <summary>What traffic managers were told. Used by the thread that sends and hears.</summary>
    public SentTotals Sent { get; } = new();

    /// <summary>Notes the limit that it is used with from here on.</summary>
    public void Use(Quota quota, bool refuses)
    {
        _refuses = refuses;
        _quota = quota;
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
        var now = _table.Clock.Now;
        var window = At(Math.Max(now, announced.WindowStart));
        var sent = Sent.Included(latest);
        var included = sent.TotalIn(announced.WindowStart, WindowLength);
        if (window.Start != announced.WindowStart)
        {
            // What others let through at the end of the last window is heard in this one.
            window.Before?.Learn(window.Start == announced.WindowStart + WindowLength ? announced.Total - included : 0, 0);
            return;
        }

        window.Before?.Learn(announced.Before.Previous - sent.TotalIn(window.Start - WindowLength, WindowLength), announced.Before.FullAt);
        var known = window.Others;
        // Traffic managers keep what is asked for in single precision. The only gateway has no others, whichever of its messages the sum was made from.
        var demand = Link.Gateways > 1 ? Math.Max(0, announced.Demand - (float)sent.Demand) : 0;
        // A gateway that nobody has asked yet counts as one of many.
        var own = Demand > 0 ? Demand : demand / Math.Max(1, Link.Gateways - 1);
        window.Learn(new Others(
            Math.Max(known?.Total ?? 0, announced.Total - included), announced.Reserved, demand, own, Math.Max(known?.Included ?? 0, included),
            chance, announcedAt));
        NoteExcess(window, now);
    }

    /// <summary>True when the counter was idle and has been given up; whoever still holds it finds its successor on the next use.</summary>
    public bool TryEvict(long idleSince)
    {
        lock (_rolling)
        {
            _evicted = ForgottenAt < idleSince;
            return _evicted;
        }
    }

    // What is over is noted once, as far as it is known; only the thread that hears does.
    private void NoteExcess(Window window, long now)
    {
        var over = window.Admitted + window.Others!.Total - window.Ceiling(Limit, now);
        if (_refuses && over > window.NotedExcess)
        {
            _table.Meters.Over(_quota!.Kind, over - window.NotedExcess);
            window.NotedExcess = over;
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
                    var start = now - (now % WindowLength);
                    Volatile.Write(ref _window, new Window(start, WindowLength, Next(_window, now), Before(_window, start)));
                }

                return _window;
            }
        }

        return current.At(now);
    }

    private Preceding? Before(Window last, long start)
    {
        if (_quota is not { Window: not QuotaWindow.Fixed } quota)
        {
            return null;
        }

        var others = last.Others?.Total ?? 0;
        if (quota.Outage == QuotaOutage.LocalShare && Link.IsCutOff(start))
        {
            // As nobody says what the others let through, they have their shares like this one.
            others = Math.Max(others, last.Admitted * (Link.Gateways - 1));
        }

        var known = last.Before?.OfAll ?? new Carryover(quota.Window, quota.WindowMilliseconds, 0, 0);
        var after = known.After(last.Admitted + others, quota.Limit, last.Start, WindowLength, start);
        last.Before?.Close();
        return last.End == start
            ? new Preceding(after with { Window = quota.Window, Period = quota.WindowMilliseconds, Previous = others }, last)
            : new Preceding(after with { Window = quota.Window, Period = quota.WindowMilliseconds }, null);
    }

    // Who asked for how much at the end of a window does so at the beginning of the next one.
    private Others? Next(Window last, long now) => last.Others is { } others && now >= last.End
        ? others with { Total = 0, Included = 0, Reserved = others.Reserved > 0 ? Limit / Link.Gateways : 0, OwnDemand = Demand }
        : null;
}
