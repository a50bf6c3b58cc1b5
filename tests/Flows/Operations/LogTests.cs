using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Operations;

/// <summary>Logs: correlation ids, JSON, levels that change while a node runs, and no secrets.</summary>
public sealed class LogTests(SharedNode shared)
{
    private const string Level = "/api/am/node/v1/log-level";

    [Fact]
    public async Task ErrorBody_OfARefusal_CarriesTheCorrelationIdOfItsHeader()
    {
        var answer = await shared.Admin.GetAsync(Portal.Publisher + "/apis/none");
        Assert.Equal(404, answer.Code);
        Assert.Contains(answer.Header("activityid")!, (string)answer.Json["moreInfo"]!, StringComparison.Ordinal);
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task LogLevel_ChangedWhileTheNodeRuns_IsShownAndTakesEffect()
    {
        using var home = new TestHome("[log]\nformat = \"json\"");
        await using var node = await TestNode.StartAsync(home);
        using var http = node.CreateClient();
        var admin = Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword);
        Assert.Equal("Information", (string?)(await admin.GetAsync(Level).ExpectAsync(200))["level"]);

        var logged = await admin.GetAsync(Portal.Publisher + "/apis?query=logged-query");
        await admin.PutAsync(Level, new JsonObject { ["level"] = "error" }).ExpectAsync(200);
        var quiet = await admin.GetAsync(Portal.Publisher + "/apis");
        Assert.Equal("Error", (string?)(await admin.GetAsync(Level).ExpectAsync(200))["level"]);
        await admin.PutAsync(Level, new JsonObject { ["level"] = "loud" }).ExpectErrorAsync(400, "400");

        await node.StopAsync();
        var log = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(home.Path, "repository", "logs"))));
        var line = Assert.Single(
            log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!),
            line => (string?)line["Properties"]!["CorrelationId"] == logged.Header("activityid"));
        Assert.Equal(Portal.Publisher + "/apis", (string?)line["Properties"]!["Path"]);
        Assert.Equal(200, (int?)line["Properties"]!["Status"]);
        Assert.DoesNotContain(quiet.Header("activityid")!, log, StringComparison.Ordinal);
        Assert.DoesNotContain("logged-query", log, StringComparison.Ordinal);
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Logs_AtTheMostTalkativeLevel_HaveNoSecrets()
    {
        using var home = new TestHome("[log]\nlevel = \"Verbose\"");
        await using var backend = await TestBackend.StartAsync();
        await using var node = await TestNode.StartAsync(home);
        using var http = node.CreateClient();
        var portal = new Portal(Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword), node.ManagementUrl);
        var api = await portal.PublishAsync("Silent", backend.Url);
        var consumer = await portal.ConsumerAsync("Whisper");
        await portal.SubscribeAsync(api, consumer);
        var token = await portal.TokenAsync(consumer);
        var gateway = new Caller(http, node.GatewayUrl, null).As(token);
        await Wait.UntilAsync("a call", TimeSpan.FromSeconds(5), async () => (await gateway.GetAsync("/silent/1.0.0/x")).Code == 200);
        await portal.Caller.GetAsync($"/oauth2/nothing?token={token}&password={TestHome.AdminPassword}");
        await portal.Client(consumer).SendAsync(HttpMethod.Post, "/oauth2/revoke", new FormUrlEncodedContent([new("token", token)])).ExpectAsync(200);
        await node.StopAsync();
        var log = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(home.Path, "repository", "logs"))));
        Assert.Contains("Call of " + api, log, StringComparison.Ordinal);
        foreach (var secret in (string[])[token, consumer.ConsumerSecret, TestHome.AdminPassword])
        {
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
        }

        // What the harness looks for in the logs of every node of this run has these among them.
        Assert.True(MintedSecrets.Count >= 3);
        Assert.Empty(MintedSecrets.FoundIn(home.Path));
        await File.AppendAllTextAsync(Directory.GetFiles(Path.Combine(home.Path, "repository", "logs")).Single(), consumer.ConsumerSecret);
        Assert.Single(MintedSecrets.FoundIn(home.Path));
        File.Delete(Directory.GetFiles(Path.Combine(home.Path, "repository", "logs")).Single());
    }
}
