using System.Globalization;

namespace Tollgate.Flows.Harness;

/// <summary>Reads what nodes measure.</summary>
internal static class Metrics
{
    /// <summary>Sum of the series whose lines begin so.</summary>
    public static double SumOf(string text, string line) => text.Split('\n').Where(one => one.StartsWith(line, StringComparison.Ordinal))
        .Sum(one => double.Parse(one[(one.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
