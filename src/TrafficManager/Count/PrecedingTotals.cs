using Tollgate.Model.Events;

namespace Tollgate.TrafficManager.Count;

/// <summary>What gateways let through before a tally's window began; kept where limits are not held to in fixed windows.</summary>
internal sealed class PrecedingTotals(Carryover known)
{
    // By the places of the tally's shares.
    private long[] _totals = new long[1];
    private long _sum;
    private double _fullAt = known.FullAt;

    /// <summary>Gateways have not heard all of it.</summary>
    public bool HasNews { get; set; }

    public Carryover OfAll => known with { Previous = _sum, FullAt = _fullAt };

    public long Of(int place) => place < _totals.Length ? _totals[place] : 0;

    /// <summary>What a gateway let through in the window before; the larger value is the later one. False when it is no news.</summary>
    public bool Learn(int place, long total, double fullAt = 0)
    {
        if (place >= _totals.Length)
        {
            Array.Resize(ref _totals, Math.Max(place + 1, 2 * _totals.Length));
        }

        var isNews = total > _totals[place] || fullAt > _fullAt;
        HasNews |= isNews;
        _sum += Math.Max(0, total - _totals[place]);
        _totals[place] = Math.Max(total, _totals[place]);
        _fullAt = Math.Max(fullAt, _fullAt);
        return isNews;
    }
}
