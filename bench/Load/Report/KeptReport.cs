using System.Globalization;

namespace Tollgate.Load.Report;

/// <summary>The result file that is committed.</summary>
internal static class KeptReport
{
    public static async Task WriteAsync(List<ScenarioResult> results, DateTimeOffset now)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"gateway-{now:yyyy-MM-dd}");
        var samples = Path.Combine("artifacts", name + ".json");
        var all = Results.Merge(Results.Read(samples), results);
        Results.Write(samples, all);
        var rounds = all.Min(result => result.Samples.Values.Min(list => list.Count));
        await File.WriteAllTextAsync(Path.Combine("bench", "results", name + ".md"), $"""
            # The gateway beside nginx

            {await Machine.DescribeAsync(now)}

            Medians (least-most) of at least {rounds} rounds of {all.Min(result => result.Seconds)} s or more. Tollgate: profile `gateway-worker`, following a
            `default` node; JWT from the cache, subscription, limits of application, subscription and API, usage recording. nginx: one worker, bare `proxy_pass`
            over kept connections. Access logs off. How to read it: [docs/performance.md](../../docs/performance.md).

            {Tables.Of(all)}
            """);
    }
}
