using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Versions of one API: copies, the default version at the gateway, and what publishing a version does to older ones.</summary>
public sealed class VersionTests(SharedNode shared)
{
    private const string Apis = Portal.Publisher + "/apis";

    [Fact]
    public async Task CopyApi_NewVersion_CarriesTheDesignAndStartsAnew()
    {
        var name = shared.NewName("Copied");
        var id = await shared.Portal.PublishAsync(name, shared.Backend.Url, new JsonObject
        {
            ["tags"] = new JsonArray("kept"),
            ["operations"] = new JsonArray(new JsonObject { ["target"] = "/a", ["verb"] = "GET" }),
        });
        var copy = await CopyAsync(id, "2.0.0").ExpectAsync(201);
        Assert.NotEqual(id, (string)copy["id"]!);
        Assert.Equal(("2.0.0", "CREATED", "kept", "/a"), (
            (string)copy["version"]!, (string)copy["lifeCycleStatus"]!, (string)copy["tags"]![0]!, (string)copy["operations"]![0]!["target"]!));
        var revisions = await shared.Admin.GetAsync($"{Apis}/{(string)copy["id"]!}/revisions").ExpectAsync(200);
        Assert.Equal(0, (int)revisions["count"]!);
        await CopyAsync(id, "2.0.0").ExpectErrorAsync(409, "900252");
        await CopyAsync(id, "1.0.0").ExpectErrorAsync(409, "900252");
        await CopyAsync(id, "2 0").ExpectErrorAsync(400, "903243");
    }

    [Fact]
    public async Task CopyApi_ManyAtOnce_MakesOne()
    {
        var id = await shared.Portal.CreateApiAsync(shared.NewName("Raced"), shared.Backend.Url);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CopyAsync(id, "2.0.0")));
        Assert.Single(answers, answer => answer.Code == 201);
        Assert.All(answers.Where(answer => answer.Code != 201), answer => Assert.Equal("900252", answer.ErrorCode));
    }

    [Fact]
    public async Task Gateway_DefaultVersion_IsServedWithoutAVersionToo()
    {
        await using var second = await TestBackend.StartAsync();
        var name = shared.NewName("Default");
        var path = "/" + name.ToLowerInvariant();
        var id = await shared.Portal.PublishAsync(name, shared.Backend.Url, new JsonObject { ["isDefaultVersion"] = true });
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Both"));
        await shared.Portal.SubscribeAsync(id, consumer);
        var token = await shared.Portal.TokenAsync(consumer);
        await shared.UntilAsync(path + "/x", token, 200);

        var copy = await CopyAsync(id, "2.0.0", "&defaultVersion=true").ExpectAsync(201);
        var copyId = (string)copy["id"]!;
        copy["endpointConfig"] = Portal.Endpoint(second.Url);
        await shared.Admin.PutAsync($"{Apis}/{copyId}", copy).ExpectAsync(200);
        await shared.Portal.DeployAsync(copyId);
        await PublishAsync(copyId, "");
        Assert.False((bool)(await shared.Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200))["isDefaultVersion"]!);

        await shared.UntilAsync(path + "/2.0.0/x", token, 200);
        second.Forget();
        await Wait.UntilAsync("the new default version to answer", TimeSpan.FromSeconds(5), async () =>
            (await shared.CallAsync(path + "/x", token)).Code == 200 && second.Requests.Count > 0);
        Assert.Equal(200, (await shared.CallAsync(path + "/1.0.0/x", token)).Code);
    }

    [Theory]
    [InlineData("", true, "PUBLISHED")]
    [InlineData("Requires re-subscription when publishing the API:true", false, "PUBLISHED")]
    [InlineData("Deprecate old versions after publishing the API:true,Requires re-subscription when publishing the API:false", true, "DEPRECATED")]
    public async Task Publish_NewVersion_DoesToOlderOnesWhatTheChecklistSays(string checklist, bool copied, string oldState)
    {
        var id = await shared.Portal.PublishAsync(shared.NewName("Older"), shared.Backend.Url);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Loyal"));
        await shared.Portal.SubscribeAsync(id, consumer, "Gold");
        var copyId = (string)(await CopyAsync(id, "2.0.0").ExpectAsync(201))["id"]!;
        await PublishAsync(copyId, checklist);

        var list = await shared.Admin.GetAsync($"{Portal.DevPortal}/subscriptions?apiId={copyId}&applicationId={consumer.ApplicationId}").ExpectAsync(200);
        Assert.Equal(copied ? ["Gold"] : [], list["list"]!.AsArray().Select(one => (string)one!["throttlingPolicy"]!));
        Assert.Equal(oldState, (string)(await shared.Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200))["lifeCycleStatus"]!);
    }

    [Fact]
    public async Task Lifecycle_EveryState_OffersItsStepsAndActsAtTheGateway()
    {
        var name = shared.NewName("Life");
        var path = $"/{name.ToLowerInvariant()}/1.0.0/x";
        var id = await shared.Portal.CreateApiAsync(name, shared.Backend.Url);
        await shared.Portal.DeployAsync(id);
        await ExpectStepsAsync(id, "Created", "Publish", "Deploy as a Prototype");
        await StepAsync(id, "Retire").ExpectErrorAsync(400, "903234");

        await StepAsync(id, "Deploy as a Prototype").ExpectAsync(200);
        await ExpectStepsAsync(id, "Prototyped", "Publish", "Demote to Created");
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Early"));
        await shared.Portal.SubscribeAsync(id, consumer);
        var token = await shared.Portal.TokenAsync(consumer);
        await shared.UntilAsync(path, token, 200);

        await StepAsync(id, "Publish").ExpectAsync(200);
        await ExpectStepsAsync(id, "Published", "Block", "Deploy as a Prototype", "Demote to Created", "Deprecate");
        await StepAsync(id, "Block").ExpectAsync(200);
        await ExpectStepsAsync(id, "Blocked", "Re-Publish", "Deprecate");
        await shared.UntilAsync(path, token, 503);
        await shared.CallAsync(path, token).ExpectErrorAsync(503, "700700");

        await StepAsync(id, "Re-Publish").ExpectAsync(200);
        await shared.UntilAsync(path, token, 200);
        await StepAsync(id, "Deprecate").ExpectAsync(200);
        await ExpectStepsAsync(id, "Deprecated", "Retire");
        Assert.Equal(200, (await shared.CallAsync(path, token)).Code);
        await StepAsync(id, "Retire").ExpectAsync(200);
        await ExpectStepsAsync(id, "Retired");
        await shared.UntilAsync(path, token, 404);

        var history = await shared.Admin.GetAsync($"{Apis}/{id}/lifecycle-history").ExpectAsync(200);
        Assert.Equal(7, (int)history["count"]!);
    }

    private Task<Answer> CopyAsync(string id, string version, string more = "") =>
        shared.Admin.PostAsync($"{Apis}/copy-api?apiId={id}&newVersion={Uri.EscapeDataString(version)}{more}");

    private Task<Answer> StepAsync(string id, string action) =>
        shared.Admin.PostAsync($"{Apis}/change-lifecycle?apiId={id}&action={Uri.EscapeDataString(action)}");

    private async Task PublishAsync(string id, string checklist) => await shared.Admin.PostAsync(
        $"{Apis}/change-lifecycle?apiId={id}&action=Publish&lifecycleChecklist={Uri.EscapeDataString(checklist)}").ExpectAsync(200);

    private async Task ExpectStepsAsync(string id, string state, params string[] events)
    {
        var answer = await shared.Admin.GetAsync($"{Apis}/{id}/lifecycle-state").ExpectAsync(200);
        Assert.Equal(state, (string)answer["state"]!);
        Assert.Equal(events.Order(), answer["availableTransitions"]!.AsArray().Select(step => (string)step!["event"]!).Order());
    }
}
