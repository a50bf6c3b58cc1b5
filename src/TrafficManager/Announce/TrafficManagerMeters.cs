using Tollgate.Model.Events;
using Tollgate.Model.Metrics;
using Tollgate.TrafficManager.Count;

namespace Tollgate.TrafficManager.Announce;

/// <summary>What a traffic manager measures. Written by the thread that counts, read when somebody scrapes.</summary>
internal sealed class TrafficManagerMeters
{
    private readonly LatencyHistogram _lag = new();
    private int _partitions;
    private long _takeovers;

    /// <summary>A message is counted.</summary>
    /// <param name="sentAt">When the gateway sent it, in Unix milliseconds by the shared clock; 0 where it did not know.</param>
    /// <param name="now">By the same clock.</param>
    public void Counted(long sentAt, long now)
    {
        if (sentAt > 0)
        {
            _lag.Observe(TimeSpan.FromMilliseconds(Math.Max(0, now - sentAt)));
        }
    }

    public void Look(IEnumerable<TallyBook> books)
    {
        var (partitions, takeovers) = (0, 0L);
        foreach (var book in books)
        {
            partitions += book.IsActive ? 1 : 0;
            takeovers += book.Takeovers;
        }

        Volatile.Write(ref _partitions, partitions);
        Volatile.Write(ref _takeovers, takeovers);
    }

    public IEnumerable<MetricFamily> Read()
    {
        yield return new MetricFamily(
            "tollgate_limits_partitions", MetricKind.Gauge, $"Of {Partition.Count}, the partitions whose totals gateways send to this traffic manager.",
            [new(Volatile.Read(ref _partitions), [])]);
        yield return new MetricFamily(
            "tollgate_limits_takeovers_total", MetricKind.Counter,
            "Partitions that this traffic manager began to count while gateways had told another one, or none, what came before.",
            [new(Volatile.Read(ref _takeovers), [])]);
        yield return new MetricFamily(
            "tollgate_limits_totals_lag_seconds", MetricKind.Histogram, "From sending totals at a gateway until they are counted.", [.. _lag.Read()]);
    }
}
