using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Sockets;

/// <summary>A right that ends also ends the connections that were opened with it.</summary>
[Collection(nameof(Alone))]
public sealed class StandingTests(SharedNode shared)
{
    private TestNode Node => shared.Node;

    [Fact]
    public async Task OpenConnection_WhoseTokenIsRevoked_IsClosedWith4001AndTheOthersStay()
    {
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend);
        using var revoked = await ConnectAsync(api, api.Token);
        using var other = await ConnectAsync(api, await shared.Portal.TokenAsync(api.Consumer));
        await WebSocketApi.EchoAsync(revoked, "hello");
        await shared.Portal.Client(api.Consumer).SendAsync(
            HttpMethod.Post, "/oauth2/revoke", new FormUrlEncodedContent([KeyValuePair.Create("token", api.Token)])).ExpectAsync(200);
        Assert.Equal(4001, await CloseCodeAsync(revoked));
        await WebSocketApi.EchoAsync(other, "still here");
        await Wait.UntilAsync("the backend to be told", WebSocketApi.Patience, () => Task.FromResult(backend.Open == 1));
        Assert.Equal([WebSocketCloseStatus.EndpointUnavailable], backend.Closes);
    }

    [Fact]
    public async Task OpenConnections_AnsweringTheCloseAtOnce_AreAllReportedToTheBackendAsGoingAway()
    {
        const int Connections = 30;
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend);
        var clients = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => ConnectAsync(api, api.Token)));
        var codes = Task.WhenAll(clients.Select(CloseCodeAsync));
        await shared.Portal.Client(api.Consumer).SendAsync(
            HttpMethod.Post, "/oauth2/revoke", new FormUrlEncodedContent([KeyValuePair.Create("token", api.Token)])).ExpectAsync(200);
        Assert.All(await codes, code => Assert.Equal(4001, code));
        await Wait.UntilAsync("the backend to be told", WebSocketApi.Patience, () => Task.FromResult(backend.Open == 0));
        Assert.Equal(Enumerable.Repeat<WebSocketCloseStatus?>(WebSocketCloseStatus.EndpointUnavailable, Connections), backend.Closes);
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task OpenConnection_OfAnEndedSubscription_IsClosedWith4002()
    {
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend);
        using var client = await ConnectAsync(api, api.Token);
        await shared.Admin.DeleteAsync($"{Portal.DevPortal}/subscriptions/{api.Subscription}").ExpectAsync(200);
        Assert.Equal(4002, await CloseCodeAsync(client));
    }

    [Fact]
    public async Task OpenConnection_OfABlockedApi_IsClosedWith4006()
    {
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend);
        using var client = await ConnectAsync(api, api.Token);
        await shared.Admin.PostAsync($"{Portal.Publisher}/apis/change-lifecycle?apiId={api.Id}&action=Block").ExpectAsync(200);
        Assert.Equal(4006, await CloseCodeAsync(client));
    }

    [Fact]
    public async Task OpenConnection_OfAnUndeployedApi_IsClosedWith1001()
    {
        await using var backend = await EchoBackend.StartAsync();
        var api = await PublishAsync(backend);
        using var client = await ConnectAsync(api, api.Token);
        var revision = (string)(await shared.Admin.GetAsync($"{Portal.Publisher}/apis/{api.Id}/revisions").ExpectAsync(200))["list"]![0]!["id"]!;
        await shared.Admin.PostAsync(
            $"{Portal.Publisher}/apis/{api.Id}/undeploy-revision?revisionId={revision}",
            new JsonArray(new JsonObject { ["name"] = "Default" })).ExpectAsync(201);
        Assert.Equal(1001, await CloseCodeAsync(client));
    }

    [Fact]
    public async Task Handshakes_OverThePlansLimit_AreRefusedWith429()
    {
        await using var backend = await EchoBackend.StartAsync();
        var plan = shared.NewName("TwoHandshakes");
        await shared.Admin.PostAsync(
            $"{Portal.Admin}/throttling/policies/subscription",
            new JsonObject
            {
                ["policyName"] = plan,
                ["defaultLimit"] = new JsonObject
                {
                    ["type"] = "REQUESTCOUNTLIMIT",
                    ["requestCount"] = new JsonObject { ["requestCount"] = 2, ["timeUnit"] = "day", ["unitTime"] = 1 },
                },
            }).ExpectAsync(201);
        var api = await WebSocketApi.PublishAsync(
            shared.Portal, shared.NewName("Counted"), backend.Url, new JsonObject { ["policies"] = new JsonArray(plan) }, plan);
        List<int> statuses = [];
        for (var i = 0; i < 3; i++)
        {
            statuses.Add(await WebSocketApi.StatusAsync(Node, Node.GatewayWsUrl + api.Path + "/room", api.Token));
        }

        Assert.Equal([101, 101, 429], statuses);
    }

    private static async Task<int> CloseCodeAsync(ClientWebSocket client)
    {
        var code = await WebSocketApi.CloseCodeAsync(client);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        return code;
    }

    private Task<WebSocketApi> PublishAsync(EchoBackend backend) =>
        WebSocketApi.PublishAsync(shared.Portal, shared.NewName("Standing"), backend.Url);

    private Task<ClientWebSocket> ConnectAsync(WebSocketApi api, string token) =>
        WebSocketApi.ConnectAsync(Node, Node.GatewayWsUrl + api.Path + "/room", options => WebSocketApi.Bear(options, token));
}
