using System.Diagnostics;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Operations;

/// <summary>A real Prometheus scrapes a node without errors.</summary>
public sealed class PrometheusTests(SharedNode shared)
{
    [Fact]
    public async Task Promtool_OnWhatTheNodeServes_FindsNothing()
    {
        Programs.SkipWithout("promtool");
        using var process = Process.Start(
            new ProcessStartInfo("promtool", ["check", "metrics"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        await process.StandardInput.WriteAsync((await shared.Admin.GetAsync("/metrics")).Body);
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("", said);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Prometheus_WithTheNodeAsTarget_SaysItIsUp()
    {
        Programs.SkipWithout("prometheus");
        using var home = new TestHome();
        var port = FreePorts.One();
        using var process = await StartAsync(home, port);
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            JsonNode? target = null;
            await Wait.UntilAsync("a scrape", TimeSpan.FromSeconds(30), async () =>
            {
                target = (await GetAsync(http, "/api/v1/targets"))?["data"]!["activeTargets"]!.AsArray().SingleOrDefault();
                return (string?)target?["health"] is "up" or "down";
            });
            Assert.Equal(("up", ""), ((string?)target!["health"], (string?)target["lastError"]));

            // The first scrape is over before any request is counted.
            await Wait.UntilAsync("a counted request", TimeSpan.FromSeconds(30), async () =>
                (await GetAsync(http, "/api/v1/query?query=tollgate_http_requests_total"))?["data"]!["result"]!.AsArray() is { Count: > 0 });
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private async Task<Process> StartAsync(TestHome home, int port)
    {
        var configuration = Path.Combine(home.Path, "prometheus.yml");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            global:
              scrape_interval: 1s
            scrape_configs:
              - job_name: tollgate
                scheme: https
                tls_config:
                  insecure_skip_verify: true
                static_configs:
                  - targets: ["{new Uri(shared.Node.ManagementUrl).Authority}"]

            """);
        var process = Process.Start(new ProcessStartInfo(
            "prometheus",
            [
                $"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(home.Path, "prometheus")}",
                $"--web.listen-address=127.0.0.1:{port}", "--log.level=error",
            ])
        {
            RedirectStandardError = true,
        })!;
        process.BeginErrorReadLine();
        return process;
    }

    // Null while Prometheus is starting.
    private static async Task<JsonNode?> GetAsync(HttpClient http, string path)
    {
        try
        {
            using var response = await http.GetAsync(path);
            return response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync()) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
