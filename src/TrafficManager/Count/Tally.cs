using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.TrafficManager.Count;

/// <summary>What all gateways counted for one throttle key in its running window.</summary>
/// <param name="key">Throttle key.</param>
/// <param name="windowMilliseconds">Length of its windows.</param>
/// <param name="gateways">Whose totals are counted.</param>
internal sealed class Tally(string key, long windowMilliseconds, GatewayRegister gateways)
{
    // Close to the limit gateways divide what is left, and what they know must be fresh.
    private const double NearSeconds = 2;
    private const long RepeatMilliseconds = 500;
    private const long SharedMilliseconds = 1_000;
    private const long LingerMilliseconds = 3_500;

    private PrecedingTotals? _before;
    private Share[] _shares = new Share[1];
    private int _count;
    private long _limit;
    private long _announcedTotal;
    private long _announcedReserved;
    private long _announcedAt;
    private long _changedAt;
    private bool _mustAnnounce;

    public long WindowStart { get; private set; }

    public long WindowEnd => WindowStart + windowMilliseconds;

    public long Total { get; private set; }

    public long Reserved { get; private set; }

    /// <summary>Until when it matters what was counted.</summary>
    public long ForgottenAt => _before?.OfAll.ForgottenAt(Total + Reserved, _limit, WindowStart, windowMilliseconds) ?? WindowEnd;

    /// <summary>It is in the list of tallies that are looked at all the time.</summary>
    public bool IsWatched { get; set; }

    /// <summary>Permits of an exact limit; null where gateways count on their own.</summary>
    public PermitShares? Permits { get; private set; }

    public string Key => key;

    public long WindowMilliseconds => windowMilliseconds;

    public long Limit => _limit;

    /// <summary>Worth looking at all the time: more than one gateway and little room, or a gateway that must hear of it for the first time.</summary>
    public bool IsHot(long now) => _mustAnnounce
        || (_count > 1 && Demand() is var demand && demand > 0 && _limit - Taken(now) - Total - Reserved < demand * NearSeconds);

    /// <summary>Takes a gateway's running total. Totals only rise, so the larger one is the later one.</summary>
    public void Merge(Gateway gateway, in UsageTotal total, long now)
    {
        if (total.WindowStart < WindowStart)
        {
            if (total.WindowStart == WindowStart - windowMilliseconds && _before is { } known && known.Learn(PlaceOf(gateway), total.Total))
            {
                _changedAt = now;
            }

            return;
        }

        if (total.WindowStart > WindowStart)
        {
            Begin(total);
        }

        _limit = total.Limit;
        var place = PlaceOf(gateway);
        Learn(place, total.Before, now);
        if (total.Wanted > 0)
        {
            Permits ??= new PermitShares();
            Permits.Want(gateway, total);
        }

        ref var share = ref _shares[place];
        share.Demand = (float)total.Demand;
        share.HeardAt = now;
        if (total.Total > share.Total)
        {
            _changedAt = now;
            Total += total.Total - share.Total;
            share.Total = total.Total;
        }
    }

    /// <summary>Keeps free what a gateway may let through that is not heard any more, or gives it to the others again.</summary>
    public void Reserve(Gateway gateway, int gateways)
    {
        for (var i = 0; i < _count; i++)
        {
            ref var share = ref _shares[i];
            if (share.Gateway == gateway.Index)
            {
                var reserved = gateway.Presence == Presence.Silent ? Math.Max(0, _limit - Total) / Math.Max(1, gateways) : 0;
                Reserved += reserved - share.Reserved;
                share.Reserved = reserved;
            }
        }
    }

    /// <summary>True when gateways should hear of it now.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="solePause">How long a key with one gateway waits: that gateway knows its own total, so this is for whoever shows usage.</param>
    public bool IsDue(long now, long solePause)
    {
        var age = now - _announcedAt;
        var changed = Total != _announcedTotal || Reserved != _announcedReserved || _before is { HasNews: true };
        if (_mustAnnounce)
        {
            return true;
        }

        if (_count == 1)
        {
            return changed && age >= solePause;
        }

        // What is asked for is repeated while it is, so that silence means that nothing is; and a sum a few times after it changed last, as an
        // announcement may get lost.
        var isHot = IsHot(now);
        return (changed && (isHot || age >= SharedMilliseconds))
            || (age >= (isHot ? RepeatMilliseconds : SharedMilliseconds) && (Demand() > 0 || now - _changedAt < LingerMilliseconds));
    }

    public Announced Announce(long now)
    {
        _mustAnnounce = false;
        (_announcedTotal, _announcedReserved, _announcedAt) = (Total, Reserved, now);
        _before?.HasNews = false;
        return new Announced(
            key, WindowStart, windowMilliseconds, Total, Permits is { AreTaken: true } ? Math.Max(Reserved, _limit - Total) : Reserved, Demand(),
            Permits?.Granted ?? [], _before?.OfAll ?? default);
    }

    /// <summary>Hands out what was taken for it.</summary>
    public void Grant(long windowStart, long asked, long taken)
    {
        if (windowStart == WindowStart && Permits is not null)
        {
            Permits.Grant(taken, asked);
            _mustAnnounce = true;
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(key);
        writer.Write(WindowStart);
        writer.Write(windowMilliseconds);
        writer.Write(_limit);
        var before = _before?.OfAll ?? default;
        writer.Write((byte)before.Window);
        writer.Write(before.Period);
        writer.Write(before.FullAt);
        writer.Write(_count);
        for (var i = 0; i < _count; i++)
        {
            writer.Write(_shares[i].Gateway);
            writer.Write(_shares[i].Total);
            writer.Write(_before?.Of(i) ?? 0);
        }
    }

    /// <summary>All of it, for operators.</summary>
    public Counted Read(long now)
    {
        List<CountedShare> shares = [];
        for (var i = 0; i < _count; i++)
        {
            shares.Add(new CountedShare(gateways[_shares[i].Gateway].Name, _shares[i].Total));
        }

        return new Counted(key, WindowStart, windowMilliseconds, _limit, Total, Taken(now), Reserved, Demand(), shares);
    }

    private double Demand()
    {
        var demand = 0.0;
        for (var i = 0; i < _count; i++)
        {
            demand += _shares[i].DemandOf(gateways[_shares[i].Gateway]);
        }

        return demand;
    }

    // What is asked for goes on over the end of a window; what was counted does not.
    private void Begin(in UsageTotal total)
    {
        var (start, limit) = (total.WindowStart, total.Limit);
        _before = total.Before.Window == QuotaWindow.Fixed ? null : Before(total);
        WindowStart = start;
        Total = 0;
        _announcedTotal = 0;
        Permits = null;
        Reserved = 0;
        for (var i = 0; i < _count; i++)
        {
            ref var share = ref _shares[i];
            share.Total = 0;
            share.Reserved = share.Reserved > 0 ? limit / _count : 0;
            Reserved += share.Reserved;
        }
    }

    // What gateways that are not heard may have let through counts as let through.
    private PrecedingTotals Before(in UsageTotal next)
    {
        var last = _before?.OfAll ?? next.Before with { Previous = 0, FullAt = 0 };
        var isNext = next.WindowStart == WindowEnd;
        var before = new PrecedingTotals(
            last.After(Total + Reserved, _limit > 0 ? _limit : next.Limit, WindowStart, windowMilliseconds, next.WindowStart) with
            {
                Window = next.Before.Window,
                Period = next.Before.Period,
            });
        for (var i = 0; isNext && i < _count; i++)
        {
            before.Learn(i, _shares[i].Total + _shares[i].Reserved);
        }

        return before;
    }

    private void Learn(int place, in Carryover before, long now)
    {
        if (before.Window == QuotaWindow.Fixed)
        {
            _before = null;
            return;
        }

        _before ??= new PrecedingTotals(before);
        if (_before.Learn(place, before.Previous, before.FullAt))
        {
            _changedAt = now;
        }
    }

    // Of the limit, by what was let through before the window.
    private long Taken(long now) => _before?.OfAll.Taken(_limit, WindowStart, windowMilliseconds, now) ?? 0;

    private int PlaceOf(Gateway gateway)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_shares[i].Gateway == gateway.Index)
            {
                return i;
            }
        }

        if (_count == _shares.Length)
        {
            Array.Resize(ref _shares, _count == 1 ? 4 : _count * 2);
        }

        _mustAnnounce = true;
        _shares[_count] = new Share { Gateway = gateway.Index };
        return _count++;
    }
}
