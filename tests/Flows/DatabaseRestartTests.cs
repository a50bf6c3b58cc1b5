using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Tollgate.Databases;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>The database server crashes under load: management answers 503 and never 500, gateways go on, and all is well soon after.</summary>
[Collection(nameof(Alone))]
public sealed class DatabaseRestartTests
{
    private const int Writers = 4;

    private static readonly TimeSpan MostRecovery = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task DatabaseCrash_UnderLoad_IsAnswered503AndRecoversWithoutRestart()
    {
        var server = DatabaseServer.Asked();
        Assert.SkipWhen(server is null, "The embedded database has no server that could crash.");
        await using var backend = await TestBackend.StartAsync();
        using var home = new TestHome();
        await using var node = await TestNode.StartAsync(home);
        using var http = node.CreateClient();
        var admin = Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword);
        var portal = new Portal(admin, node.ManagementUrl);
        var api = await portal.PublishAsync("Steady", backend.Url);
        var consumer = await portal.ConsumerAsync("Steady");
        await portal.SubscribeAsync(api, consumer);
        var token = await portal.TokenAsync(consumer);
        await Wait.UntilAsync("the gateway to serve", TimeSpan.FromSeconds(10), async () => await CallAsync(node, http, token) == 200);

        using var ended = new CancellationTokenSource();
        var codes = new ConcurrentBag<int>();
        var served = new ConcurrentBag<int>();
        var saved = new ConcurrentBag<string>();
        var load = Enumerable.Range(0, Writers)
            .Select(writer => WriteAsync(admin, writer, codes, saved, ended.Token))
            .Append(UntilEndedAsync(async () => served.Add(await CallAsync(node, http, token)), ended.Token))
            .ToList();
        await Wait.UntilAsync("some load", TimeSpan.FromSeconds(10), () => Task.FromResult(saved.Count > 20));
        await RestartAsync(server!.Product);
        var recovery = await Wait.UntilAsync("a change after the crash", MostRecovery, async () => (await CreateAsync(admin, "After")).Code == 201);
        await ended.CancelAsync();
        await Task.WhenAll(load);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"recovered {recovery.TotalMilliseconds:0} ms after the server; "
            + string.Join(", ", codes.CountBy(code => code).Select(count => $"{count.Key}: {count.Value}")));
        Assert.All(codes, code => Assert.Contains(code, (int[])[201, 503]));
        Assert.All(served, code => Assert.Equal(200, code));
        var applications = (await admin.GetAsync($"{Portal.DevPortal}/applications?limit=1000").ExpectAsync(200))["list"]!.AsArray()
            .Select(application => (string)application!["name"]!).ToHashSet();
        Assert.Subset(applications, saved.ToHashSet());
    }

    private static Task WriteAsync(
        Caller admin, int writer, ConcurrentBag<int> codes, ConcurrentBag<string> saved, CancellationToken ended)
    {
        var number = 0;
        return UntilEndedAsync(
            async () =>
            {
                var name = $"Load{writer}x{number++}";
                var answer = await CreateAsync(admin, name);
                codes.Add(answer.Code);
                if (answer.Code == 201)
                {
                    saved.Add(name);
                }
            },
            ended);
    }

    private static async Task UntilEndedAsync(Func<Task> work, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            await work();
            await Task.Delay(10, CancellationToken.None);
        }
    }

    private static Task<Answer> CreateAsync(Caller admin, string name) => admin.PostAsync(
        $"{Portal.DevPortal}/applications", new JsonObject { ["name"] = name, ["throttlingPolicy"] = "Unlimited" });

    private static async Task<int> CallAsync(TestNode node, HttpClient http, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, node.GatewayUrl + "/steady/1.0.0/");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static async Task RestartAsync(string product)
    {
        var folder = Environment.GetEnvironmentVariable("TOLLGATE_TEST_SERVERS")!;
        var script = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "eng", "databases.sh");
        var (code, output, errors) = await Programs.RunAsync("bash", script, "restart", folder, product);
        Assert.True(code == 0, $"{output}{errors}");
    }
}
