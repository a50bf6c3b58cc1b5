using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Admin;

/// <summary>Administrators find applications and APIs of everybody, and give them to somebody else.</summary>
public sealed class OwnershipTests(SharedNode shared)
{
    private const string Password = "another-Pass-19";

    private Caller Admin => shared.Admin;

    [Fact]
    public async Task Applications_OfAllOwners_AreFoundByNameAndOwnerWithTrueTotals()
    {
        var owner = await UserAsync("Internal/subscriber");
        var stem = shared.NewName("Found");
        foreach (var suffix in (string[])["a", "b", "c"])
        {
            await CreateApplicationAsync(owner.Caller, stem + suffix);
        }

        await CreateApplicationAsync(Admin, stem + "d");
        var page = await ListAsync($"name={stem.ToUpperInvariant()}&limit=3&offset=1");
        Assert.Equal([stem + "b", stem + "c", stem + "d"], Names(page));
        Assert.Equal(4, (int)page["pagination"]!["total"]!);
        var own = await ListAsync($"name={stem}&user={owner.Name.ToUpperInvariant()}&sortBy=owner&sortOrder=desc");
        Assert.Equal([stem + "c", stem + "b", stem + "a"], Names(own));
        Assert.Equal(3, (int)own["pagination"]!["total"]!);
        Assert.Equal(0, (int)(await ListAsync($"name={stem}&tenantDomain=nowhere.example"))["pagination"]!["total"]!);
        await Admin.GetAsync($"{Portal.Admin}/applications?sortBy=planet").ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task ChangeOwner_ToAUserOfTheOrganization_MovesTheApplication()
    {
        var (before, after) = (await UserAsync("Internal/subscriber"), await UserAsync("Internal/subscriber"));
        var name = shared.NewName("Moving");
        var id = await CreateApplicationAsync(before.Caller, name);
        var change = $"{Portal.Admin}/applications/{id}/change-owner?owner=";
        await Admin.PostAsync(change + "nobody-at-all").ExpectErrorAsync(400, "400");
        var clash = await CreateApplicationAsync(after.Caller, name);
        await Admin.PostAsync(change + after.Name).ExpectErrorAsync(409, "900301");
        await Admin.DeleteAsync($"{Portal.Admin}/applications/{clash}").ExpectAsync(200);

        await Admin.PostAsync(change + after.Name).ExpectAsync(200);
        await before.Caller.GetAsync($"{Portal.DevPortal}/applications/{id}").ExpectErrorAsync(404, "900307");
        await after.Caller.GetAsync($"{Portal.DevPortal}/applications/{id}").ExpectAsync(200);
        var settings = new JsonObject { ["owner"] = before.Name, ["tokenType"] = "JWT" };
        var changed = await Admin.PostAsync($"{Portal.Admin}/applications/{id}/change-settings", settings).ExpectAsync(200);
        Assert.Equal(before.Name, (string)changed["owner"]!);
        await before.Caller.GetAsync($"{Portal.DevPortal}/applications/{id}").ExpectAsync(200);
        await Admin.PostAsync($"{Portal.Admin}/applications/{Guid.Empty}/change-owner?owner=admin").ExpectErrorAsync(404, "900307");
    }

    [Fact]
    public async Task ChangeProvider_ToAUserOfTheOrganization_IsShownEverywhere()
    {
        var user = await UserAsync("Internal/creator");
        var name = shared.NewName("Given");
        var id = await shared.Portal.PublishAsync(name, shared.Backend.Url);
        var change = $"{Portal.Admin}/apis/{id}/change-provider?provider=";
        await Admin.PostAsync(change + "nobody@elsewhere.example").ExpectErrorAsync(400, "901409");
        await Admin.PostAsync(change + user.Name + "@carbon.super").ExpectAsync(200);
        var found = await Admin.GetAsync($"{Portal.Admin}/apis?query={name.ToUpperInvariant()}").ExpectAsync(200);
        Assert.Equal(user.Name, (string)Assert.Single(found["apis"]!.AsArray())!["provider"]!);
        Assert.Equal(1, (int)found["pagination"]!["total"]!);
        Assert.Equal(user.Name, (string)(await Admin.GetAsync($"{Portal.Publisher}/apis/{id}").ExpectAsync(200))["provider"]!);
    }

    private async Task<JsonNode> ListAsync(string query) => await Admin.GetAsync($"{Portal.Admin}/applications?{query}").ExpectAsync(200);

    private static string[] Names(JsonNode page) => [.. page["list"]!.AsArray().Select(entry => (string)entry!["name"]!)];

    private async Task<(string Name, Caller Caller)> UserAsync(params string[] roles)
    {
        var name = shared.NewName("person");
        var user = new JsonObject { ["userName"] = name, ["password"] = Password, ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]) };
        await Admin.PostAsync($"{Portal.Admin}/users", user).ExpectAsync(201);
        return (name, Caller.Basic(shared.Http, shared.Node.ManagementUrl, name, Password));
    }

    private static async Task<string> CreateApplicationAsync(Caller owner, string name) => (string)(await owner.PostAsync(
        $"{Portal.DevPortal}/applications", new JsonObject { ["name"] = name, ["throttlingPolicy"] = "Unlimited" }).ExpectAsync(201))["applicationId"]!;
}
