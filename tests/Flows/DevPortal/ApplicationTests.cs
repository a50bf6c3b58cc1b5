using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.DevPortal;

/// <summary>Applications of a developer.</summary>
public sealed class ApplicationTests(SharedNode shared)
{
    private const string Applications = Portal.DevPortal + "/applications";

    [Fact]
    public async Task Application_CreatedReadChangedDeleted_ShowsTheContractsFields()
    {
        var developer = await shared.DeveloperAsync();
        var created = await developer.PostAsync(Applications, Body("Shop")).ExpectAsync(201);
        Assert.Equal(("APPROVED", "JWT", "PRIVATE"), ((string)created["status"]!, (string)created["tokenType"]!, (string)created["visibility"]!));
        var path = $"{Applications}/{(string)created["applicationId"]!}";

        var read = (await developer.GetAsync(path).ExpectAsync(200)).AsObject();
        Assert.Empty(read["keys"]!.AsArray());
        Assert.Empty(read["subscriptionScopes"]!.AsArray());
        read["description"] = "changed";
        // What was read can be sent back whole; read-only fields are ignored.
        read["owner"] = "somebody";
        var changed = await developer.PutAsync(path, read).ExpectAsync(200);
        Assert.Equal("changed", (string)changed["description"]!);
        Assert.NotEqual("somebody", (string)changed["owner"]!);
        await developer.PutAsync(path, read, ifMatch: "\"1\"").ExpectErrorAsync(412, "412");

        await developer.DeleteAsync(path).ExpectAsync(200);
        await developer.GetAsync(path).ExpectErrorAsync(404, "900307");
    }

    [Theory]
    [InlineData(" Shop")]
    [InlineData("Shop ")]
    [InlineData("")]
    [InlineData("a<b")]
    [InlineData("a;b")]
    public async Task Application_NameThatIsNoName_IsRefused(string name) =>
        await shared.Admin.PostAsync(Applications, Body(name)).ExpectErrorAsync(400, "400");

    [Fact]
    public async Task Application_SameNameTwice_IsRefusedForOneOwnerAndNotForTwo()
    {
        var (first, second) = (await shared.DeveloperAsync(), await shared.DeveloperAsync());
        await first.PostAsync(Applications, Body("Same")).ExpectAsync(201);
        await first.PostAsync(Applications, Body("same")).ExpectErrorAsync(409, "900301");
        await second.PostAsync(Applications, Body("Same")).ExpectAsync(201);
    }

    [Fact]
    public async Task Application_OfSomebodyElse_ReadsAsNotThere()
    {
        var (owner, other) = (await shared.DeveloperAsync(), await shared.DeveloperAsync());
        var id = (string)(await owner.PostAsync(Applications, Body("Mine")).ExpectAsync(201))["applicationId"]!;
        await other.GetAsync($"{Applications}/{id}").ExpectErrorAsync(404, "900307");
        await other.PutAsync($"{Applications}/{id}", Body("Yours")).ExpectErrorAsync(404, "900307");
        await other.DeleteAsync($"{Applications}/{id}").ExpectErrorAsync(404, "900307");
        await other.GetAsync($"{Applications}/{id}/oauth-keys").ExpectErrorAsync(404, "900307");
        await other.GetAsync($"{Applications}/{id}/quota").ExpectErrorAsync(404, "900307");
    }

    [Fact]
    public async Task List_SortedAndPaged_HasATrueTotalAndLinks()
    {
        var developer = await shared.DeveloperAsync();
        foreach (var name in (string[])["Bee", "Ant", "Cow"])
        {
            await developer.PostAsync(Applications, Body(name)).ExpectAsync(201);
        }

        var page = await developer.GetAsync($"{Applications}?limit=2&sortBy=name&sortOrder=desc").ExpectAsync(200);
        Assert.Equal(["Cow", "Bee"], page["list"]!.AsArray().Select(application => (string)application!["name"]!));
        Assert.Equal(3, (int)page["pagination"]!["total"]!);
        var rest = await developer.GetAsync((string)page["pagination"]!["next"]!).ExpectAsync(200);
        Assert.Equal(["Ant"], rest["list"]!.AsArray().Select(application => (string)application!["name"]!));
        var named = await developer.GetAsync($"{Applications}?query=BEE").ExpectAsync(200);
        Assert.Equal(1, (int)named["count"]!);
        await developer.GetAsync($"{Applications}?sortOrder=sideways").ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task Groups_WhereSharingIsOff_AreRefused()
    {
        var body = Body(shared.NewName("Shared"));
        body["groups"] = new JsonArray("traders");
        await shared.Admin.PostAsync(Applications, body).ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task ResetThrottlePolicy_OfAnUnknownUser_IsNotFound()
    {
        var developer = await shared.DeveloperAsync();
        var id = (string)(await developer.PostAsync(Applications, Body("Reset")).ExpectAsync(201))["applicationId"]!;
        var path = $"{Applications}/{id}/reset-throttle-policy";
        await developer.PostAsync(path, new JsonObject { ["userName"] = "nobody-of-that-name" }).ExpectErrorAsync(404, "404");
        await developer.PostAsync(path, new JsonObject()).ExpectErrorAsync(400, "400");
    }

    private static JsonObject Body(string name) => new() { ["name"] = name, ["throttlingPolicy"] = "Unlimited" };
}
