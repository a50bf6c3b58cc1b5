using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.FrontDoor;

/// <summary>A node behind a proxy on this machine: what that proxy says of the caller's address counts, on both ports.</summary>
[Collection(nameof(Alone))]
public sealed class TrustedProxyTests
{
    private const string Configuration =
        """
        [server]
        trusted_proxies = ["127.0.0.1", "::1", "192.0.2.0/24"]

        [gateway.access_log]
        enabled = true

        [self_sign_up]
        per_address = 1
        """;

    [Fact]
    public async Task Caller_BehindATrustedProxy_IsTheNearestHopThatIsNone()
    {
        using var home = new TestHome(Configuration);
        await using var backend = await TestBackend.StartAsync();
        await using var node = await TestNode.StartAsync(home);
        using var http = node.CreateClient();
        var admin = Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword);
        await new Portal(admin, node.ManagementUrl).PublishAsync("Open", backend.Url, new JsonObject
        {
            ["operations"] = new JsonArray(JsonNode.Parse("""{ "target": "/*", "verb": "GET", "authType": "None" }""")),
            ["transport"] = new JsonArray("https"),
        });
        await admin.PostAsync($"{Portal.Admin}/throttling/deny-policies", new JsonObject
        {
            ["conditionType"] = "IP",
            ["conditionValue"] = new JsonObject { ["fixedIp"] = "203.0.113.9", ["invert"] = false },
        }).ExpectAsync(201);
        await Wait.UntilAsync("the address to be denied", TimeSpan.FromSeconds(5), async () => await CallAsync("203.0.113.9") == 403);

        Assert.Equal(200, await CallAsync(null));
        Assert.Equal(200, await CallAsync("203.0.113.8"));
        Assert.Equal(403, await CallAsync("203.0.113.9, 192.0.2.5"));
        Assert.Equal(200, await CallAsync("203.0.113.9, 203.0.113.8"));
        Assert.StartsWith("203.0.113.8, ", backend.Requests[^1].Headers["X-Forwarded-For"], StringComparison.Ordinal);
        Assert.Equal(200, await CallAsync("unknown", null, ("X-Forwarded-Host", "api.example")));
        Assert.StartsWith("unknown, ", backend.Requests[^1].Headers["X-Forwarded-For"], StringComparison.Ordinal);
        Assert.Equal("api.example", backend.Requests[^1].Headers["X-Forwarded-Host"]);
        // The proxy ended TLS; only it can say so.
        Assert.Equal(200, await CallAsync(null, node.GatewayHttpUrl, ("X-Forwarded-Proto", "https")));
        Assert.Equal(403, await CallAsync(null, node.GatewayHttpUrl));
        Assert.Equal(403, await CallAsync(null, node.GatewayHttpUrl, ("X-Forwarded-Proto", "https, http")));

        // Limits per address on the management port go by the same list.
        Assert.NotEqual(429, await SignUpAsync("198.51.100.1"));
        Assert.Equal(429, await SignUpAsync("198.51.100.1"));
        Assert.NotEqual(429, await SignUpAsync("198.51.100.2"));

        await node.StopAsync();
        var log = await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(home.Path, "repository", "logs"), "gateway-access-*").Single());
        Assert.Contains("\n203.0.113.8 - - [", log, StringComparison.Ordinal);
        Assert.Contains("\n203.0.113.9 - - [", log, StringComparison.Ordinal);
        Assert.Contains("\"GET /open/1.0.0/x HTTP/1.1\" 403 - \"-\" \"-\" ", log, StringComparison.Ordinal);

        async Task<int> CallAsync(string? hops, string? url = null, (string Name, string Value)? more = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, (url ?? node.GatewayUrl) + "/open/1.0.0/x");
            Add(request, "X-Forwarded-For", hops);
            Add(request, more?.Name ?? "X-Other", more?.Value);
            return (int)(await http.SendAsync(request)).StatusCode;
        }

        async Task<int> SignUpAsync(string hops)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{node.ManagementUrl}{Portal.DevPortal}/self-signup");
            request.Content = new StringContent("{}", null, "application/json");
            Add(request, "X-Forwarded-For", hops);
            return (int)(await http.SendAsync(request)).StatusCode;
        }
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
