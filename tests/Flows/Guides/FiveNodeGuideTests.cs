using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Guides;

/// <summary>
/// The field's guide to five nodes (key manager, traffic manager, publisher, developer portal, gateway), followed step by step with the
/// configuration files that it prints.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FiveNodeGuideTests : IAsyncLifetime
{
    private const string Gateway = "https://gw.wso2.com:8247";
    private const string KeyManager = "https://km.wso2.com:9443";
    private const string Environment = "Production and Sandbox";
    private const int Limit = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string? _whyNot = Tier.IsAll ? GuideNetwork.WhyNot() : Tier.OwnNode;

    private readonly List<GuideNode> _nodes = [];
    private GuideNetwork _network = null!;
    private HttpClient _http = null!;
    private TestBackend _backend = null!;
    private Portal _publisher = null!;
    private Portal _store = null!;

    public async ValueTask InitializeAsync()
    {
        if (_whyNot is not null)
        {
            return;
        }

        _network = await GuideNetwork.StartAsync();
        _http = _network.CreateClient();
        _backend = await TestBackend.StartAsync(address: _network.OutsideAddress);
        // In the guide's order.
        await StartAsync("key-manager", "api-key-manager", KeyManager);
        await StartAsync("traffic-manager", "traffic-manager", "https://tm.wso2.com:9446", oldKeystores: true);
        await StartAsync("publisher", "api-publisher", "https://pub.wso2.com:9444");
        await StartAsync("developer-portal", "api-devportal", "https://store.wso2.com:9445");
        await StartAsync("gateway", "gateway-worker", "https://gw.wso2.com:9447", oldKeystores: true);
        _publisher = PortalAt(_nodes[2].Url);
        _store = PortalAt(_nodes[3].Url);
    }

    [Fact]
    public async Task Guide_AsPrinted_PublishesSubscribesInvokesThrottlesAndRevokesAcrossFiveProcesses()
    {
        Assert.SkipWhen(_whyNot is not null, _whyNot ?? "");
        await AddPlanAsync();
        var api = await _publisher.PublishAsync("Guided", _backend.Url, new JsonObject { ["policies"] = new JsonArray("Unlimited", "Few") });
        var free = await _store.ConsumerAsync("Free");
        var limited = await _store.ConsumerAsync("Limited");
        var opaque = await _store.ConsumerAsync("Opaque", tokenType: "OAUTH");
        await _store.SubscribeAsync(api, free);
        await _store.SubscribeAsync(api, opaque);
        await _store.SubscribeAsync(api, limited, "Few");

        await TokensOfEveryWayAreServedAsync(free);
        await UntilAsync(await _store.TokenAsync(opaque), 200);
        await LimitHoldsAsync(limited);
        await RevokedTokensAreRefusedAsync(free);
        await RevokedTokensAreRefusedAsync(opaque);
        await GatewayIsListedAsync();
    }

    [Fact]
    public async Task KeyManager_Away_CallsGoOnAndWhatIsPublishedMeanwhileArrivesWhenItIsBack()
    {
        Assert.SkipWhen(_whyNot is not null, _whyNot ?? "");
        await _publisher.PublishAsync("Guided", _backend.Url, new JsonObject { ["policies"] = new JsonArray("Unlimited") });
        var (before, token) = await SubscribedAsync("Guided");
        await UntilAsync(token, 200);

        await _nodes[0].KillAsync();
        Assert.Equal(200, await CallAsync(token));
        Assert.Equal(503, (await AskGatewayAsync("/token", before, ("grant_type", "client_credentials"))).Code);
        var later = await _publisher.PublishAsync("Later", _backend.Url, new JsonObject { ["policies"] = new JsonArray("Unlimited") });
        await _store.SubscribeAsync(later, before);
        await _store.Caller.PostAsync(
            $"{Portal.DevPortal}/applications/{before.ApplicationId}/oauth-keys/{before.KeyMappingId}/generate-token",
            new JsonObject { ["consumerSecret"] = before.ConsumerSecret }).ExpectErrorAsync(503, "503");

        await _nodes[0].StartAsync();
        await UntilAsync(token, 200, "/later/1.0.0/x");
        await UntilAsync(await _store.TokenAsync(before), 200, "/later/1.0.0/x");
    }

    [Fact]
    public async Task TwoKeyManagers_OneHangsOrIsKilled_TheGatewayFollowsTheOther()
    {
        Assert.SkipWhen(_whyNot is not null, _whyNot ?? "");
        var second = new GuideNode(_network, _http, "key-manager", "api-key-manager", "https://km.wso2.com:9453") { Arguments = ["-DportOffset=10"] };
        _nodes.Add(second);
        await second.StartAsync();
        await _nodes[4].KillAsync();
        _nodes[4].Arguments = [$"-Dapim.key_manager.service_url={KeyManager}/services/,{second.Url}/services/"];
        await _nodes[4].StartAsync();
        await _publisher.PublishAsync("Guided", _backend.Url, new JsonObject { ["policies"] = new JsonArray("Unlimited") });
        var (consumer, token) = await SubscribedAsync("Guided");
        await UntilAsync(token, 200);

        var api = await _publisher.PublishAsync("Second", _backend.Url, new JsonObject { ["policies"] = new JsonArray("Unlimited") });
        await _store.SubscribeAsync(api, consumer);
        await UntilAsync(token, 200, "/second/1.0.0/x");

        await _nodes[0].FreezeAsync();
        await LifecycleAsync(api, "Block", "BLOCKED");
        await UntilAsync(token, 503, "/second/1.0.0/x");
        await LifecycleAsync(api, "Re-Publish", "PUBLISHED");
        await UntilAsync(await TokenOfGatewayAsync(consumer), 200, "/second/1.0.0/x");

        await _nodes[0].ThawAsync();
        await second.KillAsync();
        await _store.SubscribeAsync(
            await _publisher.PublishAsync("Third", _backend.Url, new JsonObject { ["policies"] = new JsonArray("Unlimited") }), consumer);
        await UntilAsync(await TokenOfGatewayAsync(consumer), 200, "/third/1.0.0/x");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        if (_whyNot is null)
        {
            _http.Dispose();
            await _backend.DisposeAsync();
            await _network.DisposeAsync();
        }
    }

    private async Task StartAsync(string file, string profile, string url, bool oldKeystores = false)
    {
        var node = new GuideNode(_network, _http, file, profile, url, oldKeystores);
        _nodes.Add(node);
        await node.StartAsync();
    }

    private Portal PortalAt(string url) => new(Caller.Basic(_http, url, "admin", "admin"), KeyManager) { Environment = Environment };

    private Task<JsonNode> AddPlanAsync() => _publisher.Caller.PostAsync(
        $"{Portal.Admin}/throttling/policies/subscription",
        new JsonObject
        {
            ["policyName"] = "Few",
            ["defaultLimit"] = new JsonObject
            {
                ["type"] = "REQUESTCOUNTLIMIT",
                ["requestCount"] = new JsonObject { ["requestCount"] = Limit, ["timeUnit"] = "day", ["unitTime"] = 1 },
            },
            ["stopOnQuotaReach"] = true,
        }).ExpectAsync(201);

    private async Task<(Consumer Consumer, string Token)> SubscribedAsync(string name)
    {
        var consumer = await _store.ConsumerAsync("User of " + name);
        var listed = await _store.Caller.GetAsync($"{Portal.DevPortal}/apis?query=name:{name}").ExpectAsync(200);
        await _store.SubscribeAsync((string)listed["list"]![0]!["id"]!, consumer);
        return (consumer, await _store.TokenAsync(consumer));
    }

    private async Task TokensOfEveryWayAreServedAsync(Consumer consumer)
    {
        var direct = await _store.TokenAsync(consumer);
        await UntilAsync(direct, 200);
        Assert.Equal(200, await CallAsync(await TokenOfGatewayAsync(consumer)));
        var generated = await _store.Caller.PostAsync(
            $"{Portal.DevPortal}/applications/{consumer.ApplicationId}/oauth-keys/{consumer.KeyMappingId}/generate-token",
            new JsonObject { ["consumerSecret"] = consumer.ConsumerSecret }).ExpectAsync(200);
        Assert.Equal(200, await CallAsync((string)generated["accessToken"]!));
        var refused = await AskGatewayAsync("/token", consumer with { ConsumerSecret = "wrong" }, ("grant_type", "client_credentials"));
        Assert.Equal((401, "invalid_client"), (refused.Code, (string?)refused.Json["error"]));
    }

    private async Task LimitHoldsAsync(Consumer consumer)
    {
        var token = await _store.TokenAsync(consumer);
        await UntilAsync(token, 200);
        for (var call = 1; call < Limit; call++)
        {
            Assert.Equal(200, await CallAsync(token));
        }

        Assert.Equal(429, await CallAsync(token));
        foreach (var node in (int[])[1, 2, 4])
        {
            Assert.Equal(1, await _nodes[node].MetricAsync("tollgate_broker_connected"));
        }
    }

    // The publisher, which serves the admin REST API, knows the gateway from what the key manager wrote down.
    private Task GatewayIsListedAsync() => Wait.UntilAsync("the gateway to be listed as up to date", Patience, async () =>
    {
        var gateways = await _publisher.Caller.GetAsync($"{Portal.Admin}/gateways").ExpectAsync(200);
        var properties = Assert.Single(gateways["list"]!.AsArray())!["properties"]!;
        Assert.Equal("gateway-worker", (string?)properties["profile"]);
        return (long)properties["lag"]! == 0;
    });

    private async Task RevokedTokensAreRefusedAsync(Consumer consumer)
    {
        var (first, second) = (await _store.TokenAsync(consumer), await TokenOfGatewayAsync(consumer));
        await UntilAsync(first, 200);
        await UntilAsync(second, 200);

        await _store.Client(consumer).SendAsync(HttpMethod.Post, "/oauth2/revoke", new FormUrlEncodedContent([new("token", first)])).ExpectAsync(200);
        await UntilAsync(first, 401);
        Assert.Equal(200, await CallAsync(second));
        Assert.Equal(200, (await AskGatewayAsync("/revoke", consumer, ("token", second))).Code);
        await UntilAsync(second, 401);
    }

    private async Task<string> TokenOfGatewayAsync(Consumer consumer) =>
        (string)(await AskGatewayAsync("/token", consumer, ("grant_type", "client_credentials"))).Json["access_token"]!;

    private Task<Answer> AskGatewayAsync(string path, Consumer consumer, params (string Name, string Value)[] form) =>
        Caller.Basic(_http, Gateway, consumer.ConsumerKey, consumer.ConsumerSecret).SendAsync(
            HttpMethod.Post, path, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    private async Task<int> CallAsync(string token, string path = "/guided/1.0.0/x")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Gateway + path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await _http.SendAsync(request);
        return (int)response.StatusCode;
    }

    // A node that stands still may hold a lock of the database for a while: administrators hear 503 and try again.
    private Task LifecycleAsync(string api, string action, string state) => Wait.UntilAsync($"the API to be {state}", Patience, async () =>
    {
        await _publisher.Caller.PostAsync($"{Portal.Publisher}/apis/change-lifecycle?apiId={api}&action={action}");
        var read = await _publisher.Caller.GetAsync($"{Portal.Publisher}/apis/{api}");
        return read.Code == 200 && (string?)read.Json["lifeCycleStatus"] == state;
    });

    private Task UntilAsync(string token, int status, string path = "/guided/1.0.0/x") =>
        Wait.UntilAsync($"the gateway to answer {status}", Patience, async () => await CallAsync(token, path) == status);
}
