namespace Tollgate.Model.Metrics;

/// <summary>Durations counted in fixed buckets; observing neither locks, waits nor allocates.</summary>
public sealed class LatencyHistogram
{
    private const int SumIndex = 16;

    // Upper bounds in microseconds: 0.5 ms to 60 s.
    private static readonly long[] Bounds =
        [500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 60_000_000];

    private readonly Stripes _cells = new(SumIndex + 1);

    public void Observe(TimeSpan duration)
    {
        var microseconds = duration.Ticks / TimeSpan.TicksPerMicrosecond;
        var bucket = 0;
        while (bucket < Bounds.Length && microseconds > Bounds[bucket])
        {
            bucket++;
        }

        _cells.Add(bucket, 1);
        _cells.Add(SumIndex, microseconds);
    }

    /// <summary>Samples as Prometheus has them: cumulative buckets by their upper bound in seconds, sum, count.</summary>
    public IEnumerable<MetricSample> Read(params MetricLabel[] labels)
    {
        // The count is the last bucket, so that the two agree even while others observe.
        var total = 0L;
        for (var bucket = 0; bucket <= Bounds.Length; bucket++)
        {
            total += _cells.Read(bucket);
            var bound = bucket == Bounds.Length ? "+Inf" : MetricText.Of(Bounds[bucket] / 1_000_000.0);
            yield return new MetricSample(total, [.. labels, new MetricLabel("le", bound)]) { Suffix = "_bucket" };
        }

        yield return new MetricSample(_cells.Read(SumIndex) / 1_000_000.0, labels) { Suffix = "_sum" };
        yield return new MetricSample(total, labels) { Suffix = "_count" };
    }
}
