namespace Tollgate.TrafficManager.Count;

/// <summary>What was counted under one throttle key in its running window.</summary>
/// <param name="Key">Throttle key.</param>
/// <param name="WindowStart">Unix milliseconds.</param>
/// <param name="WindowMilliseconds">Length of the window.</param>
/// <param name="Limit">The limit that gateways hold it to.</param>
/// <param name="Total">Sum over all gateways.</param>
/// <param name="CarriedOver">What of the limit is still taken by what was counted before, where it is not held to in fixed windows.</param>
/// <param name="Reserved">Kept free for gateways that are silent.</param>
/// <param name="Demand">What is asked for per second, let through or not.</param>
/// <param name="Gateways">Who counted how much of it.</param>
public sealed record Counted(
    string Key, long WindowStart, long WindowMilliseconds, long Limit, long Total, long CarriedOver, long Reserved, double Demand,
    IReadOnlyList<CountedShare> Gateways)
{
    /// <summary>What two traffic managers know together; of a gateway the larger total is the later one.</summary>
    public Counted Merge(Counted other)
    {
        if (other.WindowStart != WindowStart)
        {
            return other.WindowStart > WindowStart ? other : this;
        }

        List<CountedShare> gateways =
        [
            .. Gateways.Concat(other.Gateways).GroupBy(share => share.Gateway, StringComparer.Ordinal)
                .Select(same => new CountedShare(same.Key, same.Max(share => share.Total))),
        ];
        return this with
        {
            Total = gateways.Sum(share => share.Total),
            CarriedOver = Math.Max(CarriedOver, other.CarriedOver),
            Reserved = Math.Max(Reserved, other.Reserved),
            Demand = Math.Max(Demand, other.Demand),
            Gateways = gateways,
        };
    }
}

/// <summary>A gateway's part.</summary>
/// <param name="Gateway">Incarnation id: new at every start of a gateway.</param>
/// <param name="Total">What it let through.</param>
public sealed record CountedShare(string Gateway, long Total);
