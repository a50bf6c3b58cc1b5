using System.Globalization;
using System.Net.Http.Headers;
using Tollgate.Databases;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Scale;

/// <summary>How soon a gateway acts on a change, from its acknowledgement on: one made by its own node, and one made by another on the same database.</summary>
[Collection(nameof(Alone))]
public sealed class LatencyTests : IAsyncLifetime
{
    private const int Rounds = 200;
    private const string Key = "[encryption]\nkey = \"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"\n";

    private static readonly TimeSpan Promised = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TestHome _home = new(Key);
    private readonly List<IDisposable> _things = [];
    private TestBackend _backend = null!;
    private TestNode _node = null!;
    private TestNode? _other;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await TestBackend.StartAsync();
        _node = await TestNode.StartAsync(_home);
        _http = Kept(_node.CreateClient());
    }

    public async ValueTask DisposeAsync()
    {
        await (_other?.DisposeAsync() ?? default);
        await _node.DisposeAsync();
        _things.ForEach(thing => thing.Dispose());
        await _backend.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public Task Change_OfTheSameNode_IsFollowedInTime() => MeasureAsync("same node", _node, _http);

    [Fact]
    public async Task Change_OfAnotherNode_IsFollowedInTime()
    {
        Assert.SkipWhen(DatabaseServer.Asked() is null, "The embedded database is of one node.");
        var home = Kept(new TestHome(Key + string.Join('\n', ((string[])["apim_db", "shared_db"]).Select((table, i) =>
            _home.Databases[Math.Min(i, _home.Databases.Count - 1)].Toml(table)))));
        _other = await TestNode.StartAsync(home);
        await MeasureAsync("another node", _other, Kept(_other.CreateClient()));
    }

    // The gateway that is watched is the first node's; the changes are made where it is said.
    private async Task MeasureAsync(string where, TestNode changing, HttpClient http)
    {
        var watched = new Portal(Caller.Basic(_http, _node.ManagementUrl, "admin", TestHome.AdminPassword), _node.ManagementUrl);
        var portal = new Portal(Caller.Basic(http, changing.ManagementUrl, "admin", TestHome.AdminPassword), changing.ManagementUrl);
        var api = await watched.PublishAsync("Watched", _backend.Url);
        var consumer = await watched.ConsumerAsync("Watcher");
        var subscription = await watched.SubscribeAsync(api, consumer);
        var (refused, served, revoked) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round < Rounds; round++)
        {
            var token = await watched.TokenAsync(consumer);
            await UntilAsync(token, 200);
            await BlockAsync("block-subscription", "&blockState=BLOCKED");
            refused.Add(await UntilAsync(token, 401));
            await BlockAsync("unblock-subscription");
            served.Add(await UntilAsync(token, 200));
            await portal.Client(consumer).SendAsync(HttpMethod.Post, "/oauth2/revoke", new FormUrlEncodedContent([new("token", token)])).ExpectAsync(200);
            revoked.Add(await UntilAsync(token, 401));
        }

        Assert.All(
            [("revoked and refused", revoked), ("blocked and refused", refused), ("unblocked and served", served)],
            series => CheckIn($"{series.Item1}, {where}", series.Item2));

        Task BlockAsync(string action, string more = "") =>
            portal.Caller.PostAsync($"{Portal.Publisher}/subscriptions/{action}?subscriptionId={subscription}{more}").ExpectAsync(200);
    }

    private Task<TimeSpan> UntilAsync(string token, int status) => Wait.UntilAsync($"the gateway to answer {status}", Patience, async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _node.GatewayUrl + "/watched/1.0.0/x");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request);
        return (int)answer.StatusCode == status;
    });

    private static void CheckIn(string what, List<TimeSpan> taken)
    {
        taken.Sort();
        var (median, late) = (taken[taken.Count / 2], taken[taken.Count * 99 / 100]);
        var result = string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: p50 {median.TotalMilliseconds:0.0} ms, p99 {late.TotalMilliseconds:0.0} ms, most {taken[^1].TotalMilliseconds:0.0} ms");
        TestContext.Current.TestOutputHelper?.WriteLine(result);
        Assert.True(median < Promised, result);
    }

    private T Kept<T>(T thing)
        where T : IDisposable
    {
        _things.Add(thing);
        return thing;
    }
}
