using System.Text;
using Tollgate.Model.Metrics;

namespace Tollgate.Server.Telemetry;

/// <summary>Writes metrics in the Prometheus text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Render(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families.OrderBy(family => family.Name, StringComparer.Ordinal))
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Help, quotes: false)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(TypeOf(family.Kind)).Append('\n');
            foreach (var sample in family.Samples)
            {
                text.Append(family.Name).Append(sample.Suffix);
                AddLabels(text, sample.Labels);
                text.Append(' ').Append(MetricText.Of(sample.Number)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static void AddLabels(StringBuilder text, IReadOnlyList<MetricLabel> labels)
    {
        if (labels.Count == 0)
        {
            return;
        }

        var separator = '{';
        foreach (var (name, value) in labels)
        {
            text.Append(separator).Append(name).Append("=\"").Append(Escape(value, quotes: true)).Append('"');
            separator = ',';
        }

        text.Append('}');
    }

    private static string Escape(string text, bool quotes)
    {
        text = text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        _ => "histogram",
    };
}
