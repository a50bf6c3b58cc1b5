using Tollgate.Model;
using Tollgate.Model.Events;
using Tollgate.Model.Metrics;

namespace Tollgate.Gateway.Throttle.Report;

/// <summary>What a gateway measures of limits that it shares with others. Written by the thread that hears, read when somebody scrapes.</summary>
internal sealed class LimitMeters
{
    private readonly LatencyHistogram _lag = new();
    private readonly StripedCounter _callsOver = new();
    private readonly StripedCounter _bytesOver = new();

    /// <summary>An announcement came, so many milliseconds after it was made.</summary>
    public void Heard(long milliseconds) => _lag.Observe(TimeSpan.FromMilliseconds(Math.Max(0, milliseconds)));

    /// <summary>It turned out that all gateways together let so much more than a limit through.</summary>
    public void Over(QuotaKind kind, long amount) => (kind == QuotaKind.Bytes ? _bytesOver : _callsOver).Add(amount);

    public IEnumerable<MetricFamily> Read(IReadOnlyList<PartitionLink> links, long now)
    {
        var cutOff = 0;
        foreach (var link in links)
        {
            cutOff += link.IsCutOff(now) ? 1 : 0;
        }

        yield return new MetricFamily(
            "tollgate_gateway_limits_announcement_lag_seconds", MetricKind.Histogram,
            "From announcing sums at a traffic manager until this gateway has them.", [.. _lag.Read()]);
        yield return new MetricFamily(
            "tollgate_gateway_limits_cut_off_partitions", MetricKind.Gauge,
            $"Of {Partition.Count}, the partitions of whose limits no traffic manager is heard: outage rules hold there.", [new(cutOff, [])]);
        yield return new MetricFamily(
            "tollgate_gateway_limits_over_total", MetricKind.Counter,
            "What all gateways together let through beyond limits, as far as this one has heard of it.",
            [
                new(_callsOver.Read(), [new("unit", "requests")]),
                new(_bytesOver.Read(), [new("unit", "bytes")]),
            ]);
    }
}
