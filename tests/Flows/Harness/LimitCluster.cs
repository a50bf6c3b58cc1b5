using System.Text.Json.Nodes;

namespace Tollgate.Flows.Harness;

/// <summary>A control plane, traffic managers and gateways in processes of their own, which meet at brokers; one API under one plan.</summary>
public sealed class LimitCluster : IAsyncDisposable
{
    private const string ApiName = "Shared";

    private readonly TestHome _controlHome = new();
    private readonly List<TestHome> _homes = [];
    private readonly List<TestNode> _managers = [];
    private readonly List<TestNode> _gateways = [];
    private TestBackend _backend = null!;
    private TestNode _control = null!;
    private HttpClient _http = null!;
    private string _brokersOfGateways = "";

    public const string Path = "/shared/1.0.0/x";

    public IReadOnlyList<TestNode> Managers => _managers;

    public IReadOnlyList<TestNode> Gateways => _gateways;

    /// <summary>An access token of the application that is limited.</summary>
    public string Token { get; private set; } = "";

    /// <param name="gateways">How many.</param>
    /// <param name="brokersOfManagers">Per traffic manager, the addresses of its brokers; gateways use all of them.</param>
    /// <param name="limit">Calls per window.</param>
    /// <param name="windowSeconds">Length of a window.</param>
    public static async Task<LimitCluster> StartAsync(int gateways, string[] brokersOfManagers, int limit, int windowSeconds)
    {
        var cluster = new LimitCluster { _brokersOfGateways = Throttling(brokersOfManagers.Distinct()) };
        cluster._backend = await TestBackend.StartAsync(recordBodies: false);
        cluster._backend.Answer = http =>
        {
            cluster._backend.Forget();
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, "ok");
        };
        cluster._control = await TestNode.StartAsync(cluster._controlHome, null, "--profile", "control-plane");
        cluster._http = cluster._control.CreateClient();
        foreach (var broker in brokersOfManagers)
        {
            cluster._managers.Add(await cluster.StartAsync("traffic-manager", Throttling([broker])));
        }

        for (var i = 0; i < gateways; i++)
        {
            await cluster.AddGatewayAsync();
        }

        await cluster.PublishAsync(limit, windowSeconds);
        return cluster;
    }

    public async Task<TestNode> AddGatewayAsync()
    {
        var gateway = await StartAsync(
            "gateway-worker",
            $"""
            [apim.key_manager]
            service_url = "{_control.ManagementUrl}/services/"

            [truststore]
            file_name = "{_controlHome.CertificateFile}"

            {_brokersOfGateways}
            """);
        _gateways.Add(gateway);
        return gateway;
    }

    /// <summary>Status of a call through a gateway.</summary>
    public async Task<int> CallAsync(TestNode gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.GatewayHttpUrl + Path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Token);
        using var response = await _http.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <summary>What a node measures, by the beginning of the line.</summary>
    public static async Task<double> MetricAsync(TestNode node, string line)
    {
        using var http = node.CreateClient();
        var text = await http.GetStringAsync(node.ManagementUrl + "/metrics");
        return text.Split('\n').Where(one => one.StartsWith(line, StringComparison.Ordinal))
            .Sum(one => double.Parse(one[(one.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        foreach (var node in _gateways.Concat(_managers).Append(_control).Where(node => node is not null))
        {
            await node.DisposeAsync();
        }

        await (_backend?.DisposeAsync() ?? default);
        foreach (var home in _homes.Append(_controlHome))
        {
            home.Dispose();
        }
    }

    private static string Throttling(IEnumerable<string> brokers) =>
        $"""
        [apim.throttling]
        throttle_decision_endpoints = [{string.Join(", ", brokers.Select(broker => $"\"tcp://{broker}\""))}]
        """;

    private async Task<TestNode> StartAsync(string profile, string configuration)
    {
        var home = new TestHome(configuration);
        _homes.Add(home);
        return await TestNode.StartAsync(home, null, "--profile", profile);
    }

    private async Task PublishAsync(int limit, int windowSeconds)
    {
        var admin = Caller.Basic(_http, _control.ManagementUrl, "admin", TestHome.AdminPassword);
        var portal = new Portal(admin, _control.ManagementUrl);
        await admin.PostAsync($"{Portal.Admin}/throttling/policies/subscription", new JsonObject
        {
            ["policyName"] = "Limited",
            ["defaultLimit"] = new JsonObject
            {
                ["type"] = "REQUESTCOUNTLIMIT",
                ["requestCount"] = new JsonObject { ["requestCount"] = limit, ["timeUnit"] = "sec", ["unitTime"] = windowSeconds },
            },
            ["stopOnQuotaReach"] = true,
        }).ExpectAsync(201);
        var api = await portal.PublishAsync(ApiName, _backend.Url, new JsonObject { ["policies"] = new JsonArray("Unlimited", "Limited") });
        var consumer = await portal.ConsumerAsync("Everybody");
        await portal.SubscribeAsync(api, consumer, "Limited");
        Token = await portal.TokenAsync(consumer);
        foreach (var gateway in _gateways)
        {
            await Wait.UntilAsync("the API at a gateway", TimeSpan.FromSeconds(15), async () => await CallAsync(gateway) == 200);
        }
    }
}
