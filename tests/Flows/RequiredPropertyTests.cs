using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Additional properties that an organization requires, and its own number of revisions.</summary>
public sealed class RequiredPropertyTests(SharedNode shared) : IAsyncLifetime
{
    private const string Apis = Portal.Publisher + "/apis";
    private const string Config = Portal.Admin + "/tenant-config";

    private ApprovingOrganization _organization = null!;

    private Caller Root => _organization.Caller;

    public async ValueTask InitializeAsync()
    {
        _organization = await ApprovingOrganization.MakeAsync(shared);
        await AskAsync(("Team", true), ("Wiki", false));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Publish_WithoutARequiredProperty_IsRefusedUntilItHasAValue()
    {
        var id = await CreateAsync(("wiki", "x"), ("team", "  "));
        Assert.Contains("Team", await PublishAsync(id).ExpectErrorAsync(400, "903015"), StringComparison.Ordinal);
        await SetAsync(id, "blue").ExpectAsync(200);
        await PublishAsync(id).ExpectAsync(200);

        // Once developers rely on the API it keeps the property, however it is changed.
        await SetAsync(id, "").ExpectErrorAsync(400, "903015");
        await SetAsync(id, "red").ExpectAsync(200);
    }

    [Fact]
    public async Task Property_RequiredAfterPublishing_IsAskedForWhenTheApiIsPublishedAgain()
    {
        var id = await CreateAsync(("Team", "blue"));
        await PublishAsync(id).ExpectAsync(200);
        await AskAsync(("Team", true), ("Cost", true));
        await SetAsync(id, "red").ExpectAsync(200);
        await StepAsync(id, "Demote to Created").ExpectAsync(200);
        Assert.Contains("Cost", await PublishAsync(id).ExpectErrorAsync(400, "903015"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_ThatWaits_IsRefusedAtItsApprovalToo()
    {
        await Root.PutAsync(Config, new JsonObject
        {
            ["CustomProperties"] = Asked([("Team", true)]),
            ["Workflows"] = new JsonObject { ["APIStateChange"] = "Approval" },
        }).ExpectAsync(200);
        var id = await CreateAsync(("Team", "blue"));
        await PublishAsync(id).ExpectAsync(200);
        await SetAsync(id, "").ExpectAsync(200);
        var task = await _organization.OnlyTaskAsync("AM_API_STATE");
        await _organization.DecideAsync(task, "APPROVED").ExpectErrorAsync(400, "903015");
        await SetAsync(id, "red").ExpectAsync(200);
        await _organization.DecideAsync(task, "APPROVED").ExpectAsync(200);
    }

    [Fact]
    public async Task Restore_OfARevisionWithoutIt_IsRefusedOncePublished()
    {
        var id = await CreateAsync();
        var bare = (string)(await Root.PostAsync($"{Apis}/{id}/revisions", new JsonObject()).ExpectAsync(201))["id"]!;
        await SetAsync(id, "blue").ExpectAsync(200);
        await PublishAsync(id).ExpectAsync(200);
        await Root.PostAsync($"{Apis}/{id}/restore-revision?revisionId={bare}").ExpectErrorAsync(400, "903015");
    }

    [Fact]
    public async Task Settings_OfThePublisher_NameTheProperties()
    {
        var asked = (await Root.GetAsync($"{Portal.Publisher}/settings").ExpectAsync(200))["customProperties"]!.AsArray();
        Assert.Equal([("Team", true), ("Wiki", false)], asked.Select(property => ((string)property!["name"]!, (bool)property["required"]!)));
    }

    [Theory]
    [InlineData("""[{"Description": "no name"}]""")]
    [InlineData("""[{"Name": "a b"}]""")]
    [InlineData("""[{"Name": "tags"}]""")]
    [InlineData("""[{"Name": "a"}, {"Name": "A"}]""")]
    [InlineData("""[{"Name": "a", "Required": "yes"}]""")]
    [InlineData("""[{"Name": "a", "Color": "red"}]""")]
    [InlineData("""["a"]""")]
    public async Task TenantConfig_WithPropertiesThatCannotBe_IsRefused(string properties) =>
        await Root.PutAsync(Config, new JsonObject { ["CustomProperties"] = JsonNode.Parse(properties) }).ExpectErrorAsync(400, "400");

    [Fact]
    public async Task Revisions_OfAnOrganizationWithItsOwnNumber_EndThere()
    {
        await Root.PutAsync(Config, new JsonObject { ["ApiMaxRevisionCount"] = 1 }).ExpectAsync(200);
        var id = await CreateAsync();
        await Root.PostAsync($"{Apis}/{id}/revisions", new JsonObject()).ExpectAsync(201);
        await Root.PostAsync($"{Apis}/{id}/revisions", new JsonObject()).ExpectErrorAsync(400, "900351");
    }

    private Task AskAsync(params (string Name, bool Required)[] properties) =>
        Root.PutAsync(Config, new JsonObject { ["CustomProperties"] = Asked(properties) }).ExpectAsync(200);

    private static JsonArray Asked((string Name, bool Required)[] properties) =>
        [.. properties.Select(property => new JsonObject { ["Name"] = property.Name, ["Required"] = property.Required })];

    private Task<string> CreateAsync(params (string Name, string Value)[] properties) => _organization.Portal.CreateApiAsync(
        shared.NewName("Asked"), shared.Backend.Url, new JsonObject { ["additionalProperties"] = List(properties) });

    private static JsonArray List((string Name, string Value)[] properties) =>
        [.. properties.Select(property => new JsonObject { ["name"] = property.Name, ["value"] = property.Value, ["display"] = false })];

    private async Task<Answer> SetAsync(string id, string team)
    {
        var api = await Root.GetAsync($"{Apis}/{id}").ExpectAsync(200);
        api["additionalProperties"] = List([("Team", team)]);
        return await Root.PutAsync($"{Apis}/{id}", api);
    }

    private Task<Answer> PublishAsync(string id) => StepAsync(id, "Publish");

    private Task<Answer> StepAsync(string id, string action) =>
        Root.PostAsync($"{Apis}/change-lifecycle?apiId={id}&action={Uri.EscapeDataString(action)}");
}
