using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>The history of an API tells who changed what.</summary>
public sealed class HistoryTests(SharedNode shared)
{
    private Caller Admin => shared.Admin;

    [Fact]
    public async Task History_OfAnApi_ListsEveryKindOfChangeNewestFirst()
    {
        var id = await shared.Portal.PublishAsync(shared.NewName("Traced"), shared.Backend.Url);
        var path = $"{Portal.Publisher}/apis/{id}";
        var api = await Admin.GetAsync(path).ExpectAsync(200);
        api["description"] = "better";
        await Admin.PutAsync(path, api).ExpectAsync(200);
        await Admin.PostAsync(
            path + "/documents",
            new JsonObject { ["name"] = "Guide", ["type"] = "HOWTO", ["sourceType"] = "INLINE", ["visibility"] = "API_LEVEL" }).ExpectAsync(201);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Watched"));
        var subscription = await shared.Portal.SubscribeAsync(id, consumer);
        await Admin.PostAsync($"{Portal.Publisher}/subscriptions/block-subscription?subscriptionId={subscription}&blockState=BLOCKED").ExpectAsync(200);
        await Admin.PostAsync($"{path}/undeploy-revision?revisionNumber=1&allEnvironments=true").ExpectAsync(201);

        var history = await Admin.GetAsync(path + "/history").ExpectAsync(200);
        string[] expected =
        [
            "deployment.removed", "subscription.changed", "document.created", "api.updated", "lifecycle.changed", "deployment.changed",
            "revision.created", "api.created",
        ];
        Assert.Equal(expected, history["list"]!.AsArray().Select(entry => (string)entry!["action"]!));
        Assert.All(history["list"]!.AsArray(), entry => Assert.Equal("admin", (string)entry!["changedBy"]!));
        var change = Assert.Single(Entry(history, "api.updated")["changes"]!.AsArray())!;
        Assert.Equal(("description", "better"), ((string)change["field"]!, (string)change["after"]!));
        var blocked = Entry(history, "subscription.changed")["changes"]![0]!;
        Assert.Equal(("UNBLOCKED", "BLOCKED"), ((string)blocked["before"]!, (string)blocked["after"]!));

        var second = await Admin.GetAsync(path + "/history?limit=3&offset=3").ExpectAsync(200);
        Assert.Equal((3, 8, "api.updated"), ((int)second["count"]!, (int)second["pagination"]!["total"]!, (string)second["list"]![0]!["action"]!));
    }

    [Fact]
    public async Task History_OfAChangedOperation_NamesIt()
    {
        var id = await shared.Portal.CreateApiAsync(shared.NewName("Shaped"), shared.Backend.Url);
        var path = $"{Portal.Publisher}/apis/{id}";
        var api = await Admin.GetAsync(path).ExpectAsync(200);
        api["operations"] = new JsonArray(new JsonObject { ["target"] = "/pets", ["verb"] = "GET" });
        await Admin.PutAsync(path, api).ExpectAsync(200);

        var fields = Entry(await Admin.GetAsync(path + "/history").ExpectAsync(200), "api.updated")["changes"]!.AsArray()
            .Select(change => (string)change!["field"]!).ToList();
        Assert.Contains("operation GET /pets", fields);
        Assert.Contains("operation DELETE /*", fields);
        Assert.Contains("definition", fields);
        await Admin.GetAsync($"{Portal.Publisher}/apis/nothing/history").ExpectErrorAsync(404, "900308");
    }

    private static JsonNode Entry(JsonNode history, string action) =>
        history["list"]!.AsArray().Single(entry => (string)entry!["action"]! == action)!;
}
