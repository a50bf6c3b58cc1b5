using Tollgate.Model.Events;

namespace Tollgate.TrafficManager.Count;

/// <summary>The tallies of one partition. Used by one thread; it knows no transport and no timer.</summary>
/// <param name="trafficManager">Incarnation id, new at every start.</param>
/// <param name="partition">The partition of all its keys.</param>
/// <param name="clock">By which windows begin and end.</param>
internal sealed class TallyBook(string trafficManager, int partition, SharedClock clock)
{
    // A window is kept a little beyond its end for totals that are still on their way.
    private const long GraceMilliseconds = 5_000;

    // Windows of gateways that are ahead of the shared clock have not begun; a little is the way of a message.
    private const long AheadMilliseconds = 100;
    private const long SweepMilliseconds = 500;
    private const long CrowdedMilliseconds = 100;
    private const int Crowd = 500;
    private const long QuietMilliseconds = 3_000;

    // Half a second for few keys, ten for a million.
    private const long SolePause = 500;
    private const int SoleKeysPerMillisecond = 100;

    private readonly TallyTable _tallies = new();
    private readonly List<Tally> _watched = [];
    private readonly List<Tally> _wanting = [];
    private readonly GatewayRegister _gateways = new();
    private long _number;
    private long _heardAt;
    private long _announcedAt;
    private long _sweptAt;

    public int Partition => partition;

    public int Count => _tallies.Count;

    /// <summary>Gateways tell it what they count; another traffic manager may have taken its place otherwise.</summary>
    public bool IsActive => clock.Now - _heardAt <= QuietMilliseconds;

    /// <summary>How often it began to count when gateways had told somebody else, or nobody, what came before.</summary>
    public long Takeovers { get; private set; }

    /// <summary>What it counted, to be saved.</summary>
    public TallyImage Image() => new(_gateways, _tallies, clock);

    /// <summary>Takes in what was saved. The larger total is the later one, here as everywhere.</summary>
    public void Read(byte[] image)
    {
        var now = clock.Now;
        TallyImage.Read(image, (name, total) =>
        {
            if (total.Before.ForgottenAt(total.Total, total.Limit, total.WindowStart, total.WindowMilliseconds) > now)
            {
                _tallies.Of(total.Key, total.WindowMilliseconds).Merge(_gateways.Recall(name), total, now);
            }
        });
    }

    public void Merge(UsageTotals totals)
    {
        if (totals.SentAt > 0)
        {
            // Gateways carry the time of one traffic manager to the others.
            clock.Hear(totals.SentAt);
        }

        var begins = !IsActive;
        var now = _heardAt = clock.Now;
        var gateway = _gateways.Hear(totals, now);
        Takeovers += begins && gateway.Acknowledged < totals.Number ? 1 : 0;
        foreach (var total in totals.Totals)
        {
            // A total of a window that has not begun comes again when it has: it is not acknowledged by what is counted, but by what is sent next.
            if (total.WindowStart > now + AheadMilliseconds || total.WindowStart + total.WindowMilliseconds + GraceMilliseconds < now)
            {
                continue;
            }

            var tally = _tallies.Of(total.Key, total.WindowMilliseconds);
            tally.Merge(gateway, total, now);
            Watch(tally);
            if (total.Wanted > 0)
            {
                _wanting.Add(tally);
            }
        }
    }

    /// <summary>What gateways should hear now; null when there is nothing. Called every 20 ms.</summary>
    public Announcement? Announce()
    {
        var now = clock.Now;
        if (!IsActive)
        {
            // Another traffic manager counts this partition, or there is no gateway.
            return null;
        }

        var sweeps = now - _sweptAt >= SweepMilliseconds || now < _sweptAt;
        if (!sweeps && _watched.Count > Crowd && now - _announcedAt < CrowdedMilliseconds)
        {
            return null;
        }

        List<Announced> keys = [];
        if (sweeps)
        {
            _sweptAt = now;
            Sweep(now, keys);
        }

        Review(now, keys);
        var acknowledged = _gateways.Acknowledge(all: sweeps);
        if (keys.Count == 0 && acknowledged.Count == 0 && !sweeps)
        {
            return null;
        }

        _announcedAt = now;
        return new Announcement(trafficManager, partition, ++_number, _number - 1, now, _gateways.Present, acknowledged, keys);
    }

    /// <summary>Adds the counters whose key has this part, for operators. False when there are more than the list may hold.</summary>
    public bool TryFind(string part, List<Counted> found, int most)
    {
        var compact = new CompactText(part);
        for (var place = 0; place < _tallies.Count; place++)
        {
            var tally = _tallies[place];
            if (!tally.Key.Contains(compact))
            {
                continue;
            }

            if (found.Count == most)
            {
                return false;
            }

            found.Add(tally.Read(_gateways, clock.Now));
        }

        return true;
    }

    /// <summary>Tallies that want permits, each once until it was given some.</summary>
    public List<Tally> TakeWanting()
    {
        List<Tally> wanting = [];
        foreach (var tally in _wanting)
        {
            if (tally.Permits is { IsAsking: false } permits && permits.Missing(tally.Limit) > 0)
            {
                permits.IsAsking = true;
                wanting.Add(tally);
            }
        }

        _wanting.Clear();
        return wanting;
    }

    /// <summary>Gateways of this key hear of it with the next announcement.</summary>
    public void Watch(Tally tally)
    {
        if (!tally.IsWatched && tally.IsHot(_gateways, clock.Now))
        {
            tally.IsWatched = true;
            _watched.Add(tally);
        }
    }

    private long SolePauseNow => SolePause + (_tallies.Count / SoleKeysPerMillisecond);

    // Few tallies, often.
    private void Review(long now, List<Announced> keys)
    {
        var solePause = SolePauseNow;
        var kept = 0;
        for (var i = 0; i < _watched.Count; i++)
        {
            var tally = _watched[i];
            if (tally.IsDue(_gateways, now, solePause))
            {
                keys.Add(tally.Announce(_gateways, now));
            }

            tally.IsWatched = tally.IsHot(_gateways, now);
            if (tally.IsWatched)
            {
                _watched[kept++] = tally;
            }
        }

        _watched.RemoveRange(kept, _watched.Count - kept);
    }

    // All tallies, twice a second: forgets windows that are over, notes which gateways are silent, announces what may be late.
    private void Sweep(long now, List<Announced> keys)
    {
        var solePause = SolePauseNow;
        var changed = _gateways.Review(now);
        // From the end: what takes the place of one that is removed was looked at.
        for (var place = _tallies.Count - 1; place >= 0; place--)
        {
            var tally = _tallies[place];
            if (tally.ForgottenAt + GraceMilliseconds < now)
            {
                _tallies.RemoveAt(place);
                continue;
            }

            foreach (var gateway in changed)
            {
                tally.Reserve(gateway, _gateways.Present);
            }

            if (!tally.IsWatched && tally.IsDue(_gateways, now, solePause))
            {
                keys.Add(tally.Announce(_gateways, now));
            }
        }
    }
}
