using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Admin;

/// <summary>Denied addresses: on a node of its own, because every test calls from the same address.</summary>
[Collection(nameof(Alone))]
public sealed class DenyAddressTests
{
    [Fact]
    public async Task DenyPolicy_CallersAddressOrItsRange_RefusesWithAndWithoutToken()
    {
        using var home = new TestHome();
        await using var backend = await TestBackend.StartAsync();
        await using var node = new TestNode(home);
        await node.StartAsync();
        using var http = node.CreateClient();
        var admin = Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword);
        await new Portal(admin, node.ManagementUrl).PublishAsync(
            "Open", backend.Url,
            new JsonObject { ["operations"] = new JsonArray(JsonNode.Parse("""{ "target": "/*", "verb": "GET", "authType": "None" }""")) });
        var gateway = new Caller(http, node.GatewayUrl, null);
        await UntilAsync(200);

        // localhost is ::1 or 127.0.0.1, whichever the system prefers: both are named.
        JsonObject[] ranges =
        [
            new() { ["startingIp"] = "127.0.0.1", ["endingIp"] = "127.0.0.9", ["invert"] = false },
            new() { ["startingIp"] = "::1", ["endingIp"] = "::2", ["invert"] = false },
        ];
        foreach (var range in ranges)
        {
            await CreateAsync("IPRANGE", range);
        }

        await UntilAsync(403);
        await gateway.GetAsync("/open/1.0.0/x").ExpectErrorAsync(403, "900805");
        await ClearAsync();
        await UntilAsync(200);

        await CreateAsync("IP", new JsonObject { ["fixedIp"] = "192.0.2.1", ["invert"] = true });
        await UntilAsync(403);
        await ClearAsync();
        await UntilAsync(200);

        async Task CreateAsync(string type, JsonObject value)
        {
            var created = await admin.PostAsync(
                $"{Portal.Admin}/throttling/deny-policies", new JsonObject { ["conditionType"] = type, ["conditionValue"] = value }).ExpectAsync(201);
            Assert.Equal(value.ToJsonString(), created["conditionValue"]!.ToJsonString());
        }

        async Task ClearAsync()
        {
            var list = await admin.GetAsync($"{Portal.Admin}/throttling/deny-policies").ExpectAsync(200);
            foreach (var policy in list["list"]!.AsArray())
            {
                await admin.DeleteAsync($"{Portal.Admin}/throttling/deny-policy/{policy!["conditionId"]}").ExpectAsync(200);
            }
        }

        Task UntilAsync(int status) => Wait.UntilAsync(
            $"the gateway to answer {status}", TimeSpan.FromSeconds(5), async () => (await gateway.GetAsync("/open/1.0.0/x")).Code == status);
    }
}
