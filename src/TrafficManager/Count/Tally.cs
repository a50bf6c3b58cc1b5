using Tollgate.Model.Events;

namespace Tollgate.TrafficManager.Count;

/// <summary>What all gateways counted for one throttle key in one window.</summary>
internal sealed class Tally(string key, long windowStart, long windowMilliseconds)
{
    private readonly Dictionary<string, long> _shares = [];
    private long _announcedTotal;
    private long _announcedAt;

    public long WindowEnd => windowStart + windowMilliseconds;

    public long Total { get; private set; }

    public bool IsChanged => Total != _announcedTotal;

    /// <summary>Takes a gateway's running total. Totals only rise, so the larger one is the later one.</summary>
    public void Merge(string gateway, long total)
    {
        var known = _shares.GetValueOrDefault(gateway);
        if (total > known)
        {
            _shares[gateway] = total;
            Total += total - known;
        }
    }

    /// <summary>The sum with the rate since the last announcement.</summary>
    public Announced Announce(long now)
    {
        var elapsed = now - _announcedAt;
        var perSecond = _announcedAt == 0 || elapsed <= 0 ? 0 : (Total - _announcedTotal) * 1000.0 / elapsed;
        _announcedTotal = Total;
        _announcedAt = now;
        return new Announced(key, windowStart, windowMilliseconds, Total, perSecond, new Dictionary<string, long>(_shares));
    }
}
