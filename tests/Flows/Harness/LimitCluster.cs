using System.Text.Json.Nodes;
using Tollgate.Databases;

namespace Tollgate.Flows.Harness;

/// <summary>What an application may call.</summary>
/// <param name="Calls">Calls per window.</param>
/// <param name="WindowSeconds">Length of a window.</param>
/// <param name="Enforcement">Body of the policy's enforcement; null leaves it as it is.</param>
public sealed record SharedLimit(int Calls, int WindowSeconds, JsonObject? Enforcement = null);

/// <summary>A control plane, traffic managers and gateways in processes of their own, which meet at brokers; one API under one plan.</summary>
public sealed class LimitCluster : IAsyncDisposable
{
    private const string ApiName = "Shared";

    private readonly TestHome _controlHome;
    private readonly string _database;
    private readonly List<TestHome> _homes = [];
    private readonly List<TestNode> _managers = [];
    private readonly List<TestNode> _gateways = [];
    private TestBackend _backend = null!;
    private TestNode _control = null!;
    private HttpClient _http = null!;

    private LimitCluster(TestDatabase? shared, string brokers)
    {
        _database = shared?.Toml("shared_db") ?? "";
        _controlHome = new TestHome(brokers + _database);
    }

    public const string Path = "/shared/1.0.0/x";

    public IReadOnlyList<TestNode> Managers => _managers;

    public IReadOnlyList<TestNode> Gateways => _gateways;

    /// <summary>Access tokens of applications, one per limit.</summary>
    public IReadOnlyList<string> Tokens { get; private set; } = [];

    /// <param name="gateways">How many.</param>
    /// <param name="brokersOfManagers">Per traffic manager, the addresses of its brokers; gateways use all of them.</param>
    /// <param name="limits">Each of an application of its own.</param>
    /// <param name="shared">Where traffic managers save what they count, and take permits; null for nowhere.</param>
    public static async Task<LimitCluster> StartAsync(int gateways, string[] brokersOfManagers, SharedLimit[] limits, TestDatabase? shared = null)
    {
        var brokers = Throttling(brokersOfManagers.Distinct());
        var cluster = new LimitCluster(shared, brokers);
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
            cluster._managers.Add(await cluster.StartAsync("traffic-manager", Throttling([broker]) + cluster._database));
        }

        for (var i = 0; i < gateways; i++)
        {
            await cluster.AddGatewayWithAsync(brokers);
        }

        await cluster.PublishAsync(limits);
        return cluster;
    }

    /// <summary>The plan of one of the limits; part of its throttle key.</summary>
    public static string PlanOf(int limit) => $"Limited{limit}";

    /// <summary>One more gateway, which tells callers of its limits.</summary>
    /// <param name="broker">The one broker that it uses.</param>
    public Task<TestNode> AddGatewayAsync(string broker) => AddGatewayWithAsync(
        Throttling([broker]) +
        """
        [gateway.limit_headers]
        rate_limit = ["*"]
        """);

    /// <summary>Status of a call through a gateway.</summary>
    public async Task<int> CallAsync(TestNode gateway) => (await AskAsync(gateway)).Status;

    /// <summary>Status of a call through a gateway, and by what rule it holds limits without a traffic manager; null while it hears one.</summary>
    public async Task<(int Status, string? Outage)> AskAsync(TestNode gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.GatewayHttpUrl + Path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Tokens[0]);
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, response.Headers.TryGetValues("Tollgate-Limits", out var rule) ? string.Join(", ", rule) : null);
    }

    /// <summary>What traffic managers counted, as an administrator asks the control plane.</summary>
    /// <param name="part">Of the key.</param>
    public async Task<JsonArray> CountersAsync(string part) =>
        (await Caller.Basic(_http, _control.ManagementUrl, "admin", TestHome.AdminPassword)
            .GetAsync($"{Portal.Admin}/throttling/counters?key={part}").ExpectAsync(200))["list"]!.AsArray();

    /// <summary>What a node measures, by the beginning of the line.</summary>
    public static async Task<double> MetricAsync(TestNode node, string line)
    {
        using var http = node.CreateClient();
        var text = await http.GetStringAsync(node.ManagementUrl + "/metrics");
        return Metrics.SumOf(text, line);
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

    private async Task<TestNode> AddGatewayWithAsync(string configuration)
    {
        var gateway = await StartAsync(
            "gateway-worker",
            $"""
            [apim.key_manager]
            service_url = "{_control.ManagementUrl}/services/"

            [truststore]
            file_name = "{_controlHome.CertificateFile}"

            {configuration}
            """);
        _gateways.Add(gateway);
        return gateway;
    }

    private async Task<TestNode> StartAsync(string profile, string configuration)
    {
        var home = new TestHome(configuration);
        _homes.Add(home);
        return await TestNode.StartAsync(home, null, "--profile", profile);
    }

    private async Task PublishAsync(SharedLimit[] limits)
    {
        var admin = Caller.Basic(_http, _control.ManagementUrl, "admin", TestHome.AdminPassword);
        var portal = new Portal(admin, _control.ManagementUrl);
        var plans = limits.Select((_, number) => PlanOf(number)).ToArray();
        foreach (var (plan, limit) in plans.Zip(limits))
        {
            await AddPlanAsync(admin, plan, limit);
        }

        var offered = new JsonArray([.. plans.Select(plan => JsonValue.Create(plan))]);
        var api = await portal.PublishAsync(ApiName, _backend.Url, new JsonObject { ["policies"] = offered });
        List<string> tokens = [];
        foreach (var plan in plans)
        {
            var consumer = await portal.ConsumerAsync("Users of " + plan);
            await portal.SubscribeAsync(api, consumer, plan);
            tokens.Add(await portal.TokenAsync(consumer));
        }

        Tokens = tokens;
        foreach (var gateway in _gateways)
        {
            await Wait.UntilAsync("the API at a gateway", TimeSpan.FromSeconds(15), async () => await CallAsync(gateway) == 200);
        }
    }

    private static async Task AddPlanAsync(Caller admin, string name, SharedLimit limit)
    {
        const string Plans = $"{Portal.Admin}/throttling/policies/subscription";
        var plan = await admin.PostAsync(Plans, new JsonObject
        {
            ["policyName"] = name,
            ["defaultLimit"] = new JsonObject
            {
                ["type"] = "REQUESTCOUNTLIMIT",
                ["requestCount"] = new JsonObject { ["requestCount"] = limit.Calls, ["timeUnit"] = "sec", ["unitTime"] = limit.WindowSeconds },
            },
            ["stopOnQuotaReach"] = true,
        }).ExpectAsync(201);
        if (limit.Enforcement is not null)
        {
            await admin.PutAsync($"{Plans}/{plan["policyId"]}/enforcement", limit.Enforcement).ExpectAsync(200);
        }
    }
}
