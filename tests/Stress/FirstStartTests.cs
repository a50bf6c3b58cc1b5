using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress;

/// <summary>The first start makes keys, a certificate, two databases, a user: killed anywhere in it, the next start completes it.</summary>
public sealed class FirstStartTests
{
    private const int Rounds = 20;

    // A first start takes about a second; later kills meet a node that serves.
    private const int LatestKillMilliseconds = 1_500;

    [Fact]
    public async Task FirstStart_KilledAtAnyMoment_TheNextStartCompletesIt()
    {
        var random = new Random(20261125);
        var expected = await SystemAfterAsync(null);
        for (var round = 0; round < Rounds; round++)
        {
            // Twice in a row: the second kill may hit what the first one left half done.
            var found = await SystemAfterAsync([random.Next(LatestKillMilliseconds), random.Next(LatestKillMilliseconds)]);
            Assert.Equal(expected, found);
        }
    }

    // What a new system consists of, in numbers.
    private static async Task<(int Policies, int Roles, int SigningKeys, int Users, int Called)> SystemAfterAsync(int[]? kills)
    {
        using var home = new TestHome();
        await using var node = new TestNode(home);
        foreach (var delay in kills ?? [])
        {
            node.Launch();
            await Task.Delay(delay);
            await node.KillAsync();
        }

        await node.StartAsync();
        await using var backend = await TestBackend.StartAsync();
        using var http = node.CreateClient();
        var portal = new Portal(Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword), node.ManagementUrl);
        var policies = 0;
        foreach (var level in (string[])["application", "subscription", "advanced"])
        {
            policies += await CountAsync(portal, $"{Portal.Admin}/throttling/policies/{level}?limit=200");
        }

        var keys = await portal.Caller.GetAsync("/oauth2/jwks").ExpectAsync(200);
        return (policies, await CountAsync(portal, $"{Portal.Admin}/roles?limit=200"), keys["keys"]!.AsArray().Count,
            await CountAsync(portal, $"{Portal.Admin}/users?limit=200"), await CalledAsync(portal, node, http, backend));
    }

    private static async Task<int> CountAsync(Portal portal, string path) =>
        ((JsonArray)(await portal.Caller.GetAsync(path).ExpectAsync(200))["list"]!).Count;

    private static async Task<int> CalledAsync(Portal portal, TestNode node, HttpClient http, TestBackend backend)
    {
        var api = await portal.PublishAsync("Works", backend.Url);
        var consumer = await portal.ConsumerAsync("Caller");
        await portal.SubscribeAsync(api, consumer);
        var token = await portal.TokenAsync(consumer);
        await Wait.UntilAsync("the call to be served", TimeSpan.FromSeconds(10), async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, node.GatewayUrl + "/works/1.0.0/x");
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
            using var response = await http.SendAsync(request);
            return response.IsSuccessStatusCode;
        });
        return 200;
    }
}
