using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Pages;

/// <summary>The publisher's portal in a browser without scripts: from a pasted definition to an API that developers call.</summary>
public sealed partial class PublisherPageTests(SharedNode shared) : IAsyncLifetime
{
    private readonly PortalVisitor _publisher = new(shared.Node);

    public async ValueTask InitializeAsync() => await _publisher.SignInAsync("publisher", "admin", TestHome.AdminPassword);

    public ValueTask DisposeAsync()
    {
        _publisher.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Api_FromAPastedDefinition_IsMadeReadyDeployedPublishedAndCalled()
    {
        var name = shared.NewName("Pasted");
        var api = await CreateAsync(("definition_text", Definition(name)));
        var page = $"/publisher/apis/{api}";
        Assert.Equal(3, Regex.Count((await _publisher.GetAsync(page)).Text, "To do"));
        Assert.Contains("no endpoint", (await _publisher.SubmitAsync($"{page}/deployments", $"{page}/revisions", ("environment", "Default"))).Text);
        Assert.Equal(303, (await SaveAsync($"{page}/endpoints", ("production", shared.Backend.Url), ("sandbox", ""))).Code);
        Assert.Equal(303, (await SaveAsync($"{page}/plans", ("plan", "Bronze"), ("plan", "Gold"), ("limit", ""))).Code);
        var deployed = await _publisher.SubmitAsync($"{page}/deployments", $"{page}/revisions", ("description", "first"), ("environment", "Default"));
        Assert.Equal((303, $"{page}/deployments?notice=deployed"), (deployed.Code, deployed.Location));
        Assert.Equal(303, (await _publisher.SubmitAsync($"{page}/lifecycle", ("action", "Publish"))).Code);
        Assert.DoesNotContain("To do", (await _publisher.GetAsync(page)).Text);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("PastedApp"));
        await shared.Portal.SubscribeAsync(api, consumer, "Bronze");
        var token = await shared.Portal.TokenAsync(consumer);
        await shared.UntilAsync($"/{name.ToLowerInvariant()}/2.1.0/orders", token, 200);
        Assert.Contains("Pasted", (await _publisher.GetAsync($"{page}/history")).Text);

        // Who subscribed is there to be blocked, and opened again.
        var subscribers = await _publisher.GetAsync($"{page}/subscriptions");
        var block = Block().Match(subscribers.Html).Groups[1].Value;
        Assert.Equal(303, (await _publisher.SubmitAsync($"{page}/subscriptions", block)).Code);
        await shared.UntilAsync($"/{name.ToLowerInvariant()}/2.1.0/orders", token, 401);
        Assert.Equal(303, (await _publisher.SubmitAsync($"{page}/subscriptions", block.Replace("/block", "/unblock", StringComparison.Ordinal))).Code);
        await shared.UntilAsync($"/{name.ToLowerInvariant()}/2.1.0/orders", token, 200);
    }

    [Fact]
    public async Task Api_FromScratch_HasEveryMethodAndAContextOfItsName()
    {
        var name = shared.NewName("Blank");
        var stored = await shared.Admin.GetAsync($"{Portal.Publisher}/apis/{await CreateAsync(("name", name))}").ExpectAsync(200);
        Assert.Equal(
            ("/" + name.ToLowerInvariant(), "1.0.0", 5),
            ((string)stored["context"]!, (string)stored["version"]!, stored["operations"]!.AsArray().Count));
    }

    [Fact]
    public async Task Api_FromABrokenDefinition_IsRefusedWithTheTextKept()
    {
        var answer = await _publisher.SubmitAsync("/publisher/apis/new", ("definition_text", "openapi: 3.0.1\ninfo: {kept: text}"));
        Assert.Equal(400, answer.Code);
        Assert.Contains("kept: text", answer.Text);
        Assert.Matches("role=\"alert\"", answer.Html);
    }

    [Fact]
    public async Task Api_FromAForbiddenAddress_IsNotFetched()
    {
        var answer = await _publisher.SubmitAsync("/publisher/apis/new", ("definition_url", "http://127.0.0.1:1/api.json"));
        Assert.Equal(400, answer.Code);
        Assert.Contains("cannot be fetched", answer.Text);
    }

    [Fact]
    public async Task Api_ChangedMeanwhile_IsNotOverwritten()
    {
        var api = await CreateAsync(("name", shared.NewName("Stale")));
        var page = $"/publisher/apis/{api}/design";
        var version = RowVersion().Match((await _publisher.GetAsync(page)).Html).Groups[1].Value;
        Assert.Equal(303, (await SaveAsync(page, ("description", "theirs"), ("visibility", "PUBLIC"))).Code);
        var mine = await _publisher.SubmitAsync(page, ("description", "mine"), ("visibility", "PUBLIC"), ("row_version", version));
        Assert.Equal(412, mine.Code);
        Assert.Contains("mine", mine.Text);
        var stored = await shared.Admin.GetAsync($"{Portal.Publisher}/apis/{api}").ExpectAsync(200);
        Assert.Equal("theirs", (string)stored["description"]!);
    }

    [Fact]
    public async Task Definition_Saved_BringsItsOperations()
    {
        var name = shared.NewName("Edited");
        var api = await CreateAsync(("name", name));
        var page = $"/publisher/apis/{api}/definition";
        Assert.Contains("openapi", (await _publisher.GetAsync(page)).Text);
        var broken = await SaveAsync(page, ("definition", "{ \"openapi\": "));
        Assert.Equal(400, broken.Code);
        Assert.Contains("\"openapi\": ", broken.Text);
        Assert.Equal(303, (await SaveAsync(page, ("definition", Definition(name)))).Code);
        Assert.Contains("/orders", (await _publisher.GetAsync($"/publisher/apis/{api}/design")).Text);
    }

    [Fact]
    public async Task Endpoint_Tested_SaysWhoAnswers()
    {
        var api = await CreateAsync(("name", shared.NewName("Probed")));
        var page = $"/publisher/apis/{api}/endpoints";
        var backend = shared.Backend.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var tested = await _publisher.SubmitAsync(page, $"{page}/test", ("production", backend), ("sandbox", "http://localhost:1"));
        Assert.Equal(200, tested.Code);
        Assert.Contains($"{backend} answered 200", tested.Text);
        Assert.Contains("Sandbox: ", tested.Text);
    }

    [Fact]
    public async Task Api_Deleted_AsksFirst()
    {
        var name = shared.NewName("Gone");
        var api = await CreateAsync(("name", name));
        Assert.Contains($"Delete {name} 1.0.0", (await _publisher.GetAsync($"/publisher/apis/{api}/delete")).Text);
        Assert.Equal(303, (await _publisher.SubmitAsync($"/publisher/apis/{api}/delete")).Code);
        Assert.Equal(404, (await _publisher.GetAsync($"/publisher/apis/{api}")).Code);
    }

    [Fact]
    public async Task List_ByState_ShowsOnlyThose()
    {
        var name = shared.NewName("Draft");
        await CreateAsync(("name", name));
        Assert.Contains(name, (await _publisher.GetAsync($"/publisher/apis?state=Created&query=name:{name}")).Text);
        Assert.Contains("No API matches", (await _publisher.GetAsync($"/publisher/apis?state=Retired&query=name:{name}")).Text);
    }

    private async Task<string> CreateAsync(params (string, string)[] fields)
    {
        var made = await _publisher.SubmitAsync("/publisher/apis/new", fields);
        Assert.True(made.Code == 303, made.Text);
        return made.Location!.Split('/')[^1].Split('?')[0];
    }

    // With the version that the page was filled from, as a browser sends it along.
    private async Task<PageView> SaveAsync(string page, params IEnumerable<(string, string)> fields)
    {
        var version = RowVersion().Match((await _publisher.GetAsync(page)).Html).Groups[1].Value;
        return await _publisher.SubmitAsync(page, [.. fields, ("row_version", version)]);
    }

    private static string Definition(string name) => new JsonObject
    {
        ["openapi"] = "3.0.1",
        ["info"] = new JsonObject { ["title"] = name, ["version"] = "2.1.0" },
        ["paths"] = new JsonObject
        {
            ["/orders"] = new JsonObject
            {
                ["get"] = new JsonObject
                {
                    ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "ok" } },
                },
            },
        },
    }.ToJsonString();

    [GeneratedRegex("name=\"row_version\" value=\"(\\d+)\"")]
    private static partial Regex RowVersion();

    [GeneratedRegex("action=\"([^\"]+/block)\"")]
    private static partial Regex Block();
}
