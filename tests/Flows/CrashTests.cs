using System.Diagnostics;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>kill -9 at random moments: what was acknowledged is there afterwards, and the gateway agrees with the database.</summary>
[Collection(nameof(Alone))]
public sealed class CrashTests
{
    private const int Seed = 20261121;

    // Beyond a whole cycle: what was acknowledged last has to be there too.
    private const double MostOfACycle = 1.2;

    private static readonly string? Length = Environment.GetEnvironmentVariable("TOLLGATE_TESTS");

    // ./dev test --all takes a minute per database product; ./dev stress kills two hundred times.
    private static readonly int Cycles = Length == "stress" ? 223 : 40;

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task KillAtRandomMoments_DuringPublishSubscribeTokenCycles_LosesNothingAcknowledged()
    {
        var random = new Random(Seed);
        await using var backend = await TestBackend.StartAsync();
        using var home = new TestHome();
        await using var node = await TestNode.StartAsync(home);
        using var http = node.CreateClient();
        var admin = Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword);
        var portal = new Portal(admin, node.ManagementUrl);
        var acknowledged = new Acknowledged();
        var kills = 0;
        var whole = TimeSpan.Zero;
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            // About every third cycle is cut short, somewhere in its work; under stress all but every tenth, some of them when they are done. How long a
            // cycle takes is what the last whole one says: a kill after so many milliseconds hits a busy machine always at the beginning.
            var killed = Length == "stress" ? cycle % 10 != 0 : cycle > 0 && random.Next(3) == 0;
            var killAfter = killed ? whole * (random.NextDouble() * MostOfACycle) : (TimeSpan?)null;
            var clock = Stopwatch.StartNew();
            var work = CycleAsync(portal, backend.Url, cycle, acknowledged);
            if (killAfter is { } delay)
            {
                await Task.WhenAny(work, Task.Delay(delay));
                await node.KillAsync();
                kills++;
            }
            else
            {
                await work;
                whole = clock.Elapsed;
            }

            await Swallow(work, expected: killAfter is not null);
            if (killAfter is not null)
            {
                await node.StartAsync();
                await AgreeAsync(admin);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {acknowledged.Apis.Count} APIs, {acknowledged.Subscriptions.Count} subscriptions");
        Assert.True(kills > Cycles / 6 && acknowledged.Subscriptions.Count > Cycles / 4, "the test did not exercise what it is for");
        await AllThereAsync(portal, acknowledged);
        await AgreeAsync(admin);
    }

    private static async Task CycleAsync(Portal portal, string backend, int cycle, Acknowledged acknowledged)
    {
        var api = await portal.CreateApiAsync($"Crash{cycle}", backend);
        acknowledged.Apis.Add(api);
        var revision = await portal.DeployAsync(api);
        acknowledged.Revisions.Add((api, revision));
        await portal.Caller.PostAsync($"{Portal.Publisher}/apis/change-lifecycle?apiId={api}&action=Publish").ExpectAsync(200);
        acknowledged.Published.Add(api);
        var consumer = await portal.ConsumerAsync($"CrashApp{cycle}");
        acknowledged.Consumers.Add(consumer);
        acknowledged.Subscriptions.Add(await portal.SubscribeAsync(api, consumer));
        var token = await portal.TokenAsync(consumer);
        await portal.Client(consumer).SendAsync(HttpMethod.Post, "/oauth2/revoke", new FormUrlEncodedContent([new("token", token)])).ExpectAsync(200);
        acknowledged.Revoked.Add((consumer, token));
    }

    private static async Task AllThereAsync(Portal portal, Acknowledged acknowledged)
    {
        var admin = portal.Caller;
        foreach (var api in acknowledged.Apis)
        {
            var stored = await admin.GetAsync($"{Portal.Publisher}/apis/{api}").ExpectAsync(200);
            Assert.False(acknowledged.Published.Contains(api) && (string)stored["lifeCycleStatus"]! != "PUBLISHED", $"API {api} is not published");
        }

        foreach (var (api, revision) in acknowledged.Revisions)
        {
            var stored = await admin.GetAsync($"{Portal.Publisher}/apis/{api}/revisions/{revision}").ExpectAsync(200);
            Assert.Equal("Default", (string)stored["deploymentInfo"]![0]!["name"]!);
        }

        foreach (var subscription in acknowledged.Subscriptions)
        {
            await admin.GetAsync($"{Portal.DevPortal}/subscriptions/{subscription}").ExpectAsync(200);
        }

        foreach (var consumer in acknowledged.Consumers)
        {
            var keys = await admin.GetAsync($"{Portal.DevPortal}/applications/{consumer.ApplicationId}/oauth-keys").ExpectAsync(200);
            Assert.Equal(consumer.ConsumerKey, (string)keys["list"]![0]!["consumerKey"]!);
        }

        foreach (var (consumer, token) in acknowledged.Revoked)
        {
            var state = await portal.Client(consumer).SendAsync(
                HttpMethod.Post, "/oauth2/introspect", new FormUrlEncodedContent([new("token", token)])).ExpectAsync(200);
            Assert.False((bool)state["active"]!, "a revoked token is active again");
        }
    }

    // The gateway's state, thing by thing with its version, equals what the feed gives from the start.
    private static async Task AgreeAsync(Caller admin)
    {
        var login = await admin.SendAsync(HttpMethod.Post, "/internal/nodes/login?node=crash-test");
        Assert.Equal(200, login.Code);
        await Wait.UntilAsync("gateway and database to agree", TimeSpan.FromSeconds(10), async () =>
        {
            var gateway = (await admin.GetAsync("/api/am/gateway/v2/state").ExpectAsync(200))["things"]!.AsArray()
                .Select(thing => $"{thing!["kind"]} {thing["id"]} {thing["version"]}").Order(StringComparer.Ordinal);
            return (await FeedAsync(admin, login.Body)).Order(StringComparer.Ordinal).SequenceEqual(gateway);
        });
    }

    private static async Task<IReadOnlyList<string>> FeedAsync(Caller admin, string nodeToken)
    {
        var node = admin.As(nodeToken);
        var lines = (await node.GetAsync("/internal/runtime/changes?since=0&wait=0")).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines[1..^1].Select(line => JsonNode.Parse(line)!).Select(change => $"{change["kind"]} {change["id"]} {change["version"]}")];
    }

    private static async Task Swallow(Task work, bool expected)
    {
        try
        {
            await work;
        }
        catch (HttpRequestException) when (expected)
        {
            // The process died under the request: nothing was acknowledged, so nothing is expected.
        }
    }

    private sealed class Acknowledged
    {
        public List<string> Apis { get; } = [];

        public List<(string Api, string Revision)> Revisions { get; } = [];

        public HashSet<string> Published { get; } = [];

        public List<Consumer> Consumers { get; } = [];

        public List<string> Subscriptions { get; } = [];

        public List<(Consumer Consumer, string Token)> Revoked { get; } = [];
    }
}
