using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.TrafficManager.Count;

/// <summary>What all gateways counted for one throttle key in its running window.</summary>
/// <remarks>There may be a million: every field is eight megabytes, and what few tallies need is kept apart.</remarks>
/// <param name="key">Throttle key.</param>
/// <param name="windowMilliseconds">Length of its windows.</param>
/// <param name="hash">Of both.</param>
internal sealed class Tally(string key, long windowMilliseconds, int hash)
{
    // Close to the limit gateways divide what is left, and what they know must be fresh.
    private const double NearSeconds = 2;
    private const long RepeatMilliseconds = 500;
    private const long SharedMilliseconds = 1_000;
    private const long LingerMilliseconds = 3_500;

    private readonly CompactText _key = new(key);

    // PrecedingTotals or PermitShares: limits are exact in fixed windows only, and most are neither.
    private object? _special;
    private Shares _shares;
    private long _limit;
    private long _announcedAt;
    private long _changedAt;
    private int _next;
    private bool _hasNews;
    private bool _mustAnnounce;

    public long WindowStart { get; private set; }

    public long WindowEnd => WindowStart + windowMilliseconds;

    public long Total { get; private set; }

    /// <summary>Until when it matters what was counted.</summary>
    public long ForgottenAt => Before?.OfAll.ForgottenAt(Total + _shares.Reserved, _limit, WindowStart, windowMilliseconds) ?? WindowEnd;

    /// <summary>It is in the list of tallies that are looked at all the time.</summary>
    public bool IsWatched { get; set; }

    /// <summary>Permits of an exact limit; null where gateways count on their own.</summary>
    public PermitShares? Permits => _special as PermitShares;

    private PrecedingTotals? Before => _special as PrecedingTotals;

    public CompactText Key => _key;

    public long WindowMilliseconds => windowMilliseconds;

    public int Hash => hash;

    /// <summary>The next tally of a chain, see <see cref="TallyTable"/>.</summary>
    public ref int Next => ref _next;

    public long Limit => _limit;

    /// <summary>How many use it.</summary>
    public int Gateways => _shares.Count;

    /// <summary>Worth looking at all the time: more than one gateway and little room, or a gateway that must hear of it for the first time.</summary>
    public bool IsHot(GatewayRegister gateways, long now) => _mustAnnounce
        || (_shares.Count > 1 && Demand(gateways) is var demand && demand > 0 && _limit - Taken(now) - Total - _shares.Reserved < demand * NearSeconds);

    /// <summary>Takes a gateway's running total. Totals only rise, so the larger one is the later one.</summary>
    public void Merge(Gateway gateway, in UsageTotal total, long now)
    {
        if (total.WindowStart < WindowStart)
        {
            if (total.WindowStart == WindowStart - windowMilliseconds && Before is { } known && known.Learn(PlaceOf(gateway), total.Total))
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
            var permits = Permits ?? new PermitShares();
            permits.Want(gateway, total);
            _special = permits;
        }

        ref var share = ref _shares[place];
        share.Demand = (float)total.Demand;
        share.HeardAt = now;
        if (total.Total > share.Total)
        {
            (_changedAt, _hasNews) = (now, true);
            Total += total.Total - share.Total;
            share.Total = total.Total;
        }
    }

    /// <summary>Keeps free what a gateway may let through that is not heard any more, or gives it to the others again.</summary>
    public void Reserve(Gateway gateway, int gateways)
    {
        for (var i = 0; i < _shares.Count; i++)
        {
            ref var share = ref _shares[i];
            if (share.Gateway == gateway.Index)
            {
                var reserved = gateway.Presence == Presence.Silent ? Math.Max(0, _limit - Total) / Math.Max(1, gateways) : 0;
                _hasNews |= reserved != share.Reserved;
                share.Reserved = reserved;
            }
        }
    }

    /// <summary>True when gateways should hear of it now.</summary>
    /// <param name="gateways">Whose totals are counted.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="solePause">How long a key with one gateway waits: that gateway knows its own total, so this is for whoever shows usage.</param>
    public bool IsDue(GatewayRegister gateways, long now, long solePause)
    {
        var age = now - _announcedAt;
        var changed = _hasNews || Before is { HasNews: true };
        if (_mustAnnounce)
        {
            return true;
        }

        if (_shares.Count == 1)
        {
            return changed && age >= solePause;
        }

        // What is asked for is repeated while it is, so that silence means that nothing is; and a sum a few times after it changed last, as an
        // announcement may get lost.
        var isHot = IsHot(gateways, now);
        return (changed && (isHot || age >= SharedMilliseconds))
            || (age >= (isHot ? RepeatMilliseconds : SharedMilliseconds) && (Demand(gateways) > 0 || now - _changedAt < LingerMilliseconds));
    }

    public Announced Announce(GatewayRegister gateways, long now)
    {
        var reserved = _shares.Reserved;
        (_mustAnnounce, _hasNews, _announcedAt) = (false, false, now);
        Before?.HasNews = false;
        return new Announced(
            _key.ToString(), WindowStart, windowMilliseconds, Total, Permits is { AreTaken: true } ? Math.Max(reserved, _limit - Total) : reserved,
            Demand(gateways), Permits?.Granted ?? [], Before?.OfAll ?? default);
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
        _key.Write(writer);
        writer.Write(WindowStart);
        writer.Write(windowMilliseconds);
        writer.Write(_limit);
        var before = Before?.OfAll ?? default;
        writer.Write((byte)before.Window);
        writer.Write(before.Period);
        writer.Write(before.FullAt);
        writer.Write(_shares.Count);
        for (var i = 0; i < _shares.Count; i++)
        {
            writer.Write(_shares[i].Gateway);
            writer.Write(_shares[i].Total);
            writer.Write(Before?.Of(i) ?? 0);
        }
    }

    /// <summary>All of it, for operators.</summary>
    public Counted Read(GatewayRegister gateways, long now)
    {
        List<CountedShare> shares = [];
        for (var i = 0; i < _shares.Count; i++)
        {
            shares.Add(new CountedShare(gateways[_shares[i].Gateway].Name, _shares[i].Total));
        }

        return new Counted(
            _key.ToString(), WindowStart, windowMilliseconds, _limit, Total, Taken(now), _shares.Reserved, Demand(gateways), shares);
    }

    private double Demand(GatewayRegister gateways)
    {
        var demand = 0.0;
        for (var i = 0; i < _shares.Count; i++)
        {
            demand += _shares[i].DemandOf(gateways[_shares[i].Gateway]);
        }

        return demand;
    }

    // What is asked for goes on over the end of a window; what was counted does not.
    private void Begin(in UsageTotal total)
    {
        var (start, limit) = (total.WindowStart, total.Limit);
        _special = total.Before.Window == QuotaWindow.Fixed ? null : CarryOver(total);
        WindowStart = start;
        Total = 0;
        _hasNews = false;
        for (var i = 0; i < _shares.Count; i++)
        {
            ref var share = ref _shares[i];
            share.Total = 0;
            _hasNews |= share.Reserved > 0;
            share.Reserved = share.Reserved > 0 ? limit / _shares.Count : 0;
        }
    }

    // What gateways that are not heard may have let through counts as let through.
    private PrecedingTotals CarryOver(in UsageTotal next)
    {
        var last = Before?.OfAll ?? next.Before with { Previous = 0, FullAt = 0 };
        var isNext = next.WindowStart == WindowEnd;
        var before = new PrecedingTotals(
            last.After(Total + _shares.Reserved, _limit > 0 ? _limit : next.Limit, WindowStart, windowMilliseconds, next.WindowStart) with
            {
                Window = next.Before.Window,
                Period = next.Before.Period,
            });
        for (var i = 0; isNext && i < _shares.Count; i++)
        {
            before.Learn(i, _shares[i].Total + _shares[i].Reserved);
        }

        return before;
    }

    private void Learn(int place, in Carryover before, long now)
    {
        if (before.Window == QuotaWindow.Fixed)
        {
            _special = Permits;
            return;
        }

        var preceding = Before ?? new PrecedingTotals(before);
        _special = preceding;
        if (preceding.Learn(place, before.Previous, before.FullAt))
        {
            _changedAt = now;
        }
    }

    // Of the limit, by what was let through before the window.
    private long Taken(long now) => Before?.OfAll.Taken(_limit, WindowStart, windowMilliseconds, now) ?? 0;

    private int PlaceOf(Gateway gateway)
    {
        var place = _shares.PlaceOf(gateway.Index, out var isNew);
        _mustAnnounce |= isNew;
        return place;
    }
}
