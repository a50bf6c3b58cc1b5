using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Admin;

/// <summary>Gateways as administrators see them.</summary>
public sealed class GatewayTests(SharedNode shared)
{
    private const string Gateways = $"{Portal.Admin}/gateways";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Gateways_ThatFollow_AreListedWithWhatTheyServe()
    {
        JsonNode? only = null;
        await Wait.UntilAsync("the gateway to be written down", Patience, async () => (only = await OnlyAsync()) is not null);
        Assert.True((bool)only!["isActive"]!);
        Assert.Equal("default", (string?)only["properties"]!["profile"]);
        Assert.Equal(["Default", "Production and Sandbox"], only["properties"]!["environments"]!.AsArray().Select(name => (string)name!));

        // Serves what is published from now on as well, and says so.
        var before = (long)only["properties"]!["runtimeVersion"]!;
        await shared.Portal.PublishAsync(shared.NewName("Seen"), shared.Backend.Url);
        await Wait.UntilAsync("the gateway's newer version", Patience, async () => (long)(await OnlyAsync())!["properties"]!["runtimeVersion"]! > before);
    }

    [Fact]
    public async Task Gateways_OfAnEnvironment_AreThoseThatServeIt()
    {
        await Wait.UntilAsync("the gateway to be written down", Patience, async () => await OnlyAsync() is not null);
        var environments = await shared.Admin.GetAsync($"{Portal.Admin}/environments").ExpectAsync(200);
        var served = environments["list"]!.AsArray().Single(one => (string?)one!["name"] == "Default")!;
        var instances = await shared.Admin.GetAsync($"{Portal.Admin}/environments/{served["id"]}/gateways").ExpectAsync(200);
        Assert.Equal("ACTIVE", (string?)Assert.Single(instances["list"]!.AsArray())!["status"]);
        await shared.Admin.GetAsync($"{Portal.Admin}/environments/nowhere/gateways").ExpectErrorAsync(404, "404");
    }

    private async Task<JsonNode?> OnlyAsync() =>
        (await shared.Admin.GetAsync(Gateways).ExpectAsync(200))["list"]!.AsArray().SingleOrDefault();
}
