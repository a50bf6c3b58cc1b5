using System.Globalization;

namespace Tollgate.Model.Metrics;

/// <summary>What the values of a metric mean.</summary>
public enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>A metric with its values at one moment.</summary>
/// <param name="Name">Begins with <c>tollgate_</c> and ends with its unit, or with <c>_total</c> for a counter.</param>
/// <param name="Kind">What the values mean.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Samples">A value for each combination of labels; there may be none yet.</param>
public sealed record MetricFamily(string Name, MetricKind Kind, string Help, IReadOnlyList<MetricSample> Samples);

/// <summary>A value with its labels.</summary>
public sealed record MetricSample(double Number, IReadOnlyList<MetricLabel> Labels)
{
    /// <summary>What a histogram's parts add to the name.</summary>
    public string Suffix { get; init; } = "";
}

/// <summary>A name and a value that tell a metric's values apart.</summary>
public readonly record struct MetricLabel(string Name, string Text);

/// <summary>Where metrics come from; the host asks every source at each scrape. A source always names all its metrics.</summary>
public sealed record MetricSource(Func<IEnumerable<MetricFamily>> Read);

/// <summary>Numbers as Prometheus writes them.</summary>
public static class MetricText
{
    public static string Of(double number) => number switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    };
}
