using System.Globalization;
using System.Text;
using Tollgate.Load.Measure;

namespace Tollgate.Load.Report;

/// <summary>The tables of a result: a metric each, medians with the least and the most, and the ratio to nginx.</summary>
internal static class Tables
{
    public static string Of(IReadOnlyList<ScenarioResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine("CPU time of the proxy's process per request, in microseconds:").AppendLine();
        text.AppendLine("| scenario | nginx | Tollgate | ratio | must | |").AppendLine("|---|---|---|---|---|---|");
        foreach (var (scenario, result, name) in Rows(results))
        {
            var ratio = Ratio(result, name, sample => sample.CpuMicroseconds);
            var must = name == Candidate.Gateway ? scenario.Must : null;
            text.Append(Cells(scenario, result, name, sample => sample.CpuMicroseconds, "0.0"))
                .Append(Number(ratio, "0.00")).Append(" | ").Append(must is { } most ? Number(most, "0.00") : "-").Append(" | ")
                .AppendLine(must is null ? "|" : ratio <= must ? "holds |" : "**does not hold** |");
        }

        Append(text, results, "Requests per second", sample => sample.PerSecond, "0");
        Append(text, results, "p50, in milliseconds", sample => sample.P50, "0.00");
        Append(text, results, "p99, in milliseconds", sample => sample.P99, "0.00");
        Append(text, results, "Resident memory after the round, in MB", sample => sample.ResidentMegabytes, "0");
        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<ScenarioResult> results, string title, Func<Sample, double> value, string format)
    {
        text.AppendLine().Append(title).AppendLine(":").AppendLine();
        text.AppendLine("| scenario | nginx | Tollgate | ratio |").AppendLine("|---|---|---|---|");
        foreach (var (scenario, result, name) in Rows(results))
        {
            text.Append(Cells(scenario, result, name, value, format)).Append(Number(Ratio(result, name, value), "0.00")).AppendLine(" |");
        }
    }

    private static IEnumerable<(Scenario Scenario, ScenarioResult Result, string Name)> Rows(IReadOnlyList<ScenarioResult> results) =>
        from result in results
        from name in result.Samples.Keys
        where name != Candidate.Nginx
        select (Scenario.All.First(scenario => scenario.Key == result.Key), result, name);

    private static string Cells(Scenario scenario, ScenarioResult result, string name, Func<Sample, double> value, string format) =>
        $"| {scenario.Title}{(name == Candidate.Default ? ", profile `default`" : "")} | {Spread(result.Samples[Candidate.Nginx], value, format)} | "
        + $"{Spread(result.Samples[name], value, format)} | ";

    private static double Ratio(ScenarioResult result, string name, Func<Sample, double> value) =>
        Median(result.Samples[name], value) / Median(result.Samples[Candidate.Nginx], value);

    private static string Spread(List<Sample> samples, Func<Sample, double> value, string format) =>
        $"{Number(Median(samples, value), format)} ({Number(samples.Min(value), format)}-{Number(samples.Max(value), format)})";

    private static double Median(List<Sample> samples, Func<Sample, double> value)
    {
        double[] sorted = [.. samples.Select(value).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
