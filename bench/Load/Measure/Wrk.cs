using System.Globalization;
using System.Text.RegularExpressions;

namespace Tollgate.Load.Measure;

/// <summary>Runs wrk: HTTP/1.1, a closed loop of connections that each wait for their answer.</summary>
internal static partial class Wrk
{
    public static async Task<LoadResult> RunAsync(Scenario scenario, string url, string? token, string script, int seconds)
    {
        List<string> arguments =
        [
            "-t1", $"-c{scenario.Connections}", $"-d{seconds}s", "--latency", "--timeout", "30s", "-s", script,
            .. token is null ? (IEnumerable<string>)[] : ["-H", "Authorization: Bearer " + token],
            .. scenario.NewConnections ? (IEnumerable<string>)["-H", "Connection: close"] : [],
            url,
        ];
        var output = await Tool.RunAsync("wrk", arguments);
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{scenario.Key}: not every request was answered well.\n{output}");
        }

        return new LoadResult(
            long.Parse(Requests().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            double.Parse(PerSecond().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            Milliseconds(Half().Match(output)),
            Milliseconds(Nearly().Match(output)));
    }

    /// <summary>The Lua program that says what is sent: a body, or the calls of a file in their order.</summary>
    public static string ScriptFor(Scenario scenario, string calls) =>
        scenario.Path is null ? $$"""
            local requests, at = {}, 0
            function init(args)
              for line in io.lines("{{calls}}") do
                local path, token = line:match("(.-)\t(.+)")
                requests[#requests + 1] = wrk.format("GET", path, { ["Authorization"] = "Bearer " .. token, ["Host"] = wrk.headers["Host"] })
              end
            end
            function request()
              at = at % #requests + 1
              return requests[at]
            end
            """
        : scenario.Body > 0 ? $"""
            wrk.method = "POST"
            wrk.body = string.rep("x", {scenario.Body})
            """
        : "";

    private static double Milliseconds(Match match) =>
        double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value switch
        {
            "us" => 0.001,
            "ms" => 1,
            _ => 1000,
        };

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"50%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Half();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Nearly();
}
