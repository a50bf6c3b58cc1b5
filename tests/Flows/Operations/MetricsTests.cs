using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Operations;

/// <summary>/metrics: what it counts, who may read it, and that docs/operations.md lists it.</summary>
public sealed partial class MetricsTests(SharedNode shared)
{
    [Fact]
    public async Task Metrics_AfterCallsAndRefusals_CountThem()
    {
        var name = shared.NewName("Measured");
        var api = await shared.Portal.PublishAsync(name, shared.Backend.Url);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Meter"));
        await shared.Portal.SubscribeAsync(api, consumer);
        var token = await shared.Portal.TokenAsync(consumer);
        var path = $"/{name.ToLowerInvariant()}/1.0.0/x";
        await shared.UntilAsync(path, token, 200);
        var before = await ReadAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await shared.CallAsync(path, token)).Code);
        }

        Assert.Equal(401, (await shared.CallAsync(path, null)).Code);
        await shared.Portal.TokenAsync(consumer);
        var after = await ReadAsync();
        Assert.Equal(3, Grown($"tollgate_gateway_requests_total{{api_id=\"{api}\",status=\"2xx\"}}"));
        Assert.Equal(1, Grown($"tollgate_gateway_requests_total{{api_id=\"{api}\",status=\"4xx\"}}"));
        // Other tests call the same node meanwhile.
        Assert.True(Grown("tollgate_gateway_faults_total{code=\"900902\",status=\"401\"}") >= 1);
        Assert.True(Grown("tollgate_gateway_throttle_decisions_total{decision=\"allowed\"}") >= 3);
        Assert.True(Grown("tollgate_gateway_request_duration_seconds_count") >= 4);
        Assert.True(Grown("tollgate_gateway_backend_duration_seconds_count") >= 3);
        Assert.True(Grown("tollgate_tokens_total{grant=\"client_credentials\",outcome=\"issued\"}") >= 1);
        Assert.True(Grown("tollgate_http_requests_total{module=\"keymanager\",status=\"200\"}") >= 1);
        Assert.True(after["tollgate_gateway_served_version"] > 0);
        Assert.True(after["tollgate_gateway_feed_age_seconds"] is >= 0 and < 60);
        Assert.Equal(1, after.Count(sample => sample.Key.StartsWith("tollgate_feed_lag_versions{", StringComparison.Ordinal)));
        double Grown(string sample) => after.GetValueOrDefault(sample) - before.GetValueOrDefault(sample);
    }

    [Fact]
    public async Task Metrics_ListedInTheDocumentation_AreThoseThatAreThere()
    {
        var served = Help().Matches((await shared.Admin.GetAsync("/metrics")).Body).Select(match => match.Groups[1].Value);
        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", "operations.md"));
        // A node without brokers has no metrics of them.
        var listed = Row().Matches(page).Select(match => match.Groups[1].Value)
            .Where(name => !name.StartsWith("tollgate_broker_", StringComparison.Ordinal));
        Assert.Equal(served.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Metrics_OfACallThatAProxyPassedOn_NeedTheToken()
    {
        using var home = new TestHome("[telemetry]\nmetrics_token = \"scraper-Token-4711\"");
        await using var node = await TestNode.StartAsync(home);
        using var http = node.CreateClient();
        Assert.Equal(200, (await GetAsync(null, forwarded: false)).Code);
        Assert.Equal(200, (await GetAsync("scraper-Token-4711", forwarded: true)).Code);
        foreach (var token in (string?[])[null, "", "scraper-Token-471", "scraper-Token-47111"])
        {
            var refused = await GetAsync(token, forwarded: true);
            Assert.Equal((401, "401"), (refused.Code, refused.ErrorCode));
            Assert.DoesNotContain("tollgate_http", refused.Body, StringComparison.Ordinal);
        }

        async Task<Answer> GetAsync(string? token, bool forwarded)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, node.ManagementUrl + "/metrics");
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            if (forwarded)
            {
                request.Headers.Add("X-Forwarded-For", "192.0.2.1");
            }

            return await Answers.ReadAsync(await http.SendAsync(request));
        }
    }

    private async Task<Dictionary<string, double>> ReadAsync() =>
        (await shared.Admin.GetAsync("/metrics")).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => (Name: line[..line.LastIndexOf(' ')], Number: line[(line.LastIndexOf(' ') + 1)..]))
            .ToDictionary(sample => sample.Name, sample => double.Parse(sample.Number, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^# HELP (\S+) \S.*$", RegexOptions.Multiline)]
    private static partial Regex Help();

    [GeneratedRegex(@"^\| `((?:tollgate|process|dotnet)_\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
