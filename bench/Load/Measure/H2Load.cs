using System.Globalization;

namespace Tollgate.Load.Measure;

/// <summary>Runs h2load: HTTP/2, and HTTP/1.1 at an offered rate. Its log has every request's time.</summary>
internal static class H2Load
{
    public static async Task<LoadResult> RunAsync(Scenario scenario, string url, string token, string folder, int seconds)
    {
        var log = Path.Combine(folder, "h2load.log");
        File.Delete(log);
        List<string> arguments =
        [
            "-t1", $"-c{scenario.Connections}", $"-m{scenario.Streams}", $"-D{seconds}", "--log-file=" + log, "-H", "Authorization: Bearer " + token,
            .. scenario.IsHttp2 ? (IEnumerable<string>)[] : ["--h1"],
            .. scenario.Rate > 0 ? (IEnumerable<string>)[$"--rps={scenario.Rate / scenario.Connections}"] : [],
            url,
        ];
        var output = await Tool.RunAsync("h2load", arguments);
        List<double> times = [];
        await foreach (var line in File.ReadLinesAsync(log))
        {
            var fields = line.Split('\t');
            if (fields[1] != "200")
            {
                throw new InvalidOperationException($"{scenario.Key}: a request was answered {fields[1]}.\n{output}");
            }

            times.Add(double.Parse(fields[2], CultureInfo.InvariantCulture) / 1000);
        }

        times.Sort();
        return new LoadResult(times.Count, (double)times.Count / seconds, times[times.Count / 2], times[times.Count * 99 / 100]);
    }
}
