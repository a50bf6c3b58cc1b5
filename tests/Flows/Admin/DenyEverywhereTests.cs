using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Admin;

/// <summary>Deny policies at several gateways: soon at each of them, and still there after restarts.</summary>
public sealed class DenyEverywhereTests : IAsyncLifetime
{
    private const string ApiName = "Everywhere";
    private const string Policies = $"{Portal.Admin}/throttling/deny-policies";

    // What the product promises, from the administrator's answer to the refusal at every gateway.
    private static readonly TimeSpan Promised = TimeSpan.FromMilliseconds(500);

    private readonly TestHome _controlHome = new();
    private readonly List<TestHome> _homes = [];
    private readonly List<(TestNode Node, HttpClient Http)> _gateways = [];
    private TestNode _control = null!;
    private HttpClient _http = null!;
    private TestBackend _backend = null!;
    private string _token = "";
    private string _subscription = "";

    private Caller Admin => Caller.Basic(_http, _control.ManagementUrl, "admin", TestHome.AdminPassword);

    public async ValueTask InitializeAsync()
    {
        if (!Tier.IsAll)
        {
            return;
        }

        _backend = await TestBackend.StartAsync();
        _control = await TestNode.StartAsync(_controlHome, null, "--profile", "control-plane");
        _http = _control.CreateClient();
        for (var i = 0; i < 2; i++)
        {
            _homes.Add(new TestHome(
                $"""
                [apim.key_manager]
                service_url = "{_control.ManagementUrl}/services/"

                [truststore]
                file_name = "{_controlHome.CertificateFile}"
                """));
            var node = await TestNode.StartAsync(_homes[i], null, "--profile", "gateway-worker");
            _gateways.Add((node, node.CreateClient()));
        }

        var portal = new Portal(Admin, _control.ManagementUrl);
        var api = await portal.PublishAsync(ApiName, _backend.Url);
        var consumer = await portal.ConsumerAsync("Everybody");
        await portal.SubscribeAsync(api, consumer);
        _subscription = $"/{ApiName.ToLowerInvariant()}/1.0.0:1.0.0:admin-Everybody:PRODUCTION";
        _token = await portal.TokenAsync(consumer);
        await AllAnswerAsync(200, TimeSpan.FromSeconds(10));
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task DenyPolicy_OfEveryKind_HoldsAtEveryGatewayWithinHalfASecond()
    {
        var context = $"/{ApiName.ToLowerInvariant()}/1.0.0";
        (string Type, JsonNode Value)[] conditions =
        [
            ("API", context),
            ("APPLICATION", "admin:Everybody"),
            ("USER", "admin"),
            ("SUBSCRIPTION", _subscription),
            ("IP", JsonNode.Parse("""{"fixedIp":"192.0.2.1","invert":true}""")!),
            ("IPRANGE", JsonNode.Parse("""{"startingIp":"::","endingIp":"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"}""")!),
            ("IPRANGE", JsonNode.Parse("""{"startingIp":"2001:db8::1","endingIp":"2001:db8::9","invert":true}""")!),
        ];
        foreach (var (type, value) in conditions)
        {
            var id = await CreateAsync(type, value);
            await AllAnswerAsync(403, Promised);
            await Admin.DeleteAsync($"{Portal.Admin}/throttling/deny-policy/{id}").ExpectAsync(200);
            await AllAnswerAsync(200, Promised);
        }
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task DenyPolicy_AfterRestartsOfGatewaysWithoutTheirControlPlane_StillHolds()
    {
        var id = await CreateAsync("USER", "admin");
        await AllAnswerAsync(403, Promised);
        await _control.KillAsync();
        foreach (var (node, _) in _gateways)
        {
            await node.KillAsync();
            await node.StartAsync();
        }

        await AllAnswerAsync(403, TimeSpan.FromSeconds(5));
        await _control.StartAsync();
        await AllAnswerAsync(403, Promised);
        await Admin.DeleteAsync($"{Portal.Admin}/throttling/deny-policy/{id}").ExpectAsync(200);
        // Gateways that lost their control plane look for it every five seconds at least.
        await AllAnswerAsync(200, TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (node, http) in _gateways)
        {
            http.Dispose();
            await node.DisposeAsync();
        }

        if (_control is not null)
        {
            _http.Dispose();
            await _control.DisposeAsync();
            await _backend.DisposeAsync();
        }

        _controlHome.Dispose();
        _homes.ForEach(home => home.Dispose());
    }

    private async Task<string> CreateAsync(string type, JsonNode value) => (string)(await Admin.PostAsync(
        Policies, new JsonObject { ["conditionType"] = type, ["conditionValue"] = value.DeepClone() }).ExpectAsync(201))["conditionId"]!;

    private Task AllAnswerAsync(int status, TimeSpan atMost) => Task.WhenAll(Enumerable.Range(0, _gateways.Count).Select(gateway => Wait.UntilAsync(
        $"gateway {gateway} to answer {status}", atMost, async () => await CallAsync(gateway) == status)));

    private async Task<int> CallAsync(int gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_gateways[gateway].Node.GatewayUrl}/{ApiName.ToLowerInvariant()}/1.0.0/x");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + _token);
        using var response = await _gateways[gateway].Http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
