using System.Diagnostics;
using System.Text.Json.Nodes;
using Tollgate.Databases;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>More requests than connections, while another change does not end: each is answered in time, and all is well once it ends.</summary>
public sealed class ConnectionPoolTests
{
    private const int Callers = 12;

    // Three at a time wait two seconds for the other change, and whoever comes after them may be among the next three; on a busy machine.
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Requests_BeyondThePool_AreAnswered503InTimeAndSucceedAfterwards()
    {
        var server = DatabaseServer.Asked();
        Assert.SkipWhen(server is null, "The embedded database has no pool.");
        using var database = TestDatabase.Create(server!);
        const string Pool = "pool_options.maxActive = 3\npool_options.maxWait = 300\n";
        using var home = new TestHome(database.Toml("apim_db") + Pool + database.Toml("shared_db") + Pool);
        await using var node = await TestNode.StartAsync(home);
        using var http = node.CreateClient();
        var admin = Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword);

        Answer[] answers;
        TimeSpan took;
        using (server!.Lock(database.Name, "SELECT version FROM runtime_version WHERE id = 1 FOR UPDATE"))
        {
            var clock = Stopwatch.StartNew();
            answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => CreateAsync(admin, i)));
            took = clock.Elapsed;
        }

        Assert.All(answers, answer => Assert.Equal((503, "1"), (answer.Code, answer.Header("Retry-After"))));
        Assert.Contains(answers, answer => answer.Body.Contains("All connections to the database are in use", StringComparison.Ordinal));
        Assert.True(took < MostWait, $"the last answer took {took}");
        await Wait.UntilAsync("a change after it", TimeSpan.FromSeconds(5), async () => (await CreateAsync(admin, Callers)).Code == 201);
        await admin.GetAsync($"{Portal.DevPortal}/applications").ExpectAsync(200);
    }

    private static Task<Answer> CreateAsync(Caller admin, int number) => admin.PostAsync(
        $"{Portal.DevPortal}/applications", new JsonObject { ["name"] = $"Many{number}", ["throttlingPolicy"] = "Unlimited" });
}
