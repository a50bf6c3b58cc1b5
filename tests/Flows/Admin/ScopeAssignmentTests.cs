using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Admin;

/// <summary>Scope assignments, role aliases and the settings of an organization.</summary>
public sealed class ScopeAssignmentTests(SharedNode shared)
{
    private const string Password = "another-Pass-19";
    private const string Scopes = $"{Portal.Admin}/system-scopes";

    private Caller Admin => shared.Admin;

    [Fact]
    public async Task Assignment_ChangedByAnAdministrator_CountsAtTheNextRequest()
    {
        var role = await RoleAsync();
        var user = await UserAsync(role);
        await user.GetAsync($"{Portal.Admin}/api-categories").ExpectErrorAsync(401, "401");

        var all = await Admin.GetAsync(Scopes).ExpectAsync(200);
        var entry = Entry(all, "apim:api_category");
        var roles = entry["roles"]!.AsArray().Select(name => (string)name!).ToList();
        Assert.Contains("admin", roles);
        await PutAsync("apim:api_category", [.. roles, role]).ExpectAsync(200);
        await user.GetAsync($"{Portal.Admin}/api-categories").ExpectAsync(200);
        var held = Convert.ToBase64String(Encoding.UTF8.GetBytes("apim:api_category")).TrimEnd('=');
        await Admin.GetAsync($"{Scopes}/{held}?username=admin").ExpectAsync(200);
        await Admin.GetAsync($"{Scopes}/apim:nothing?username=admin").ExpectErrorAsync(404, "404");

        await PutAsync("apim:api_category", roles).ExpectAsync(200);
        await user.GetAsync($"{Portal.Admin}/api-categories").ExpectErrorAsync(401, "401");
        await PutAsync("apim:api_category", [role]).ExpectErrorAsync(409, "409");
        await PutAsync("apim:api_category", [.. roles, "no-such-role"]).ExpectErrorAsync(400, "900601");
        await PutAsync("apim:no_such_scope", roles).ExpectErrorAsync(400, "900982");
    }

    [Fact]
    public async Task Alias_OfARoleOfTheProduct_GivesItsScopes()
    {
        var role = await RoleAsync();
        var user = await UserAsync(role);
        await user.GetAsync($"{Portal.DevPortal}/applications").ExpectErrorAsync(401, "401");
        await AliasAsync("Internal/subscriber", role).ExpectAsync(200);
        await user.GetAsync($"{Portal.DevPortal}/applications").ExpectAsync(200);
        var aliases = await Admin.GetAsync($"{Scopes}/role-aliases").ExpectAsync(200);
        Assert.Equal("Internal/subscriber", (string)Assert.Single(aliases["list"]!.AsArray())!["role"]!);

        await AliasAsync("Internal/subscriber", "no-such-role").ExpectErrorAsync(400, "900601");
        await Admin.PutAsync($"{Scopes}/role-aliases", new JsonObject { ["list"] = new JsonArray() }).ExpectAsync(200);
        await user.GetAsync($"{Portal.DevPortal}/applications").ExpectErrorAsync(401, "401");
        var known = Convert.ToBase64String(Encoding.UTF8.GetBytes(role)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        Assert.Equal(200, (await Admin.SendAsync(HttpMethod.Head, $"{Portal.Admin}/roles/{known}")).Code);
        Assert.Equal(404, (await Admin.SendAsync(HttpMethod.Head, $"{Portal.Admin}/roles/bm9uZQ")).Code);
    }

    [Fact]
    public async Task TenantConfig_ByOthersOrAgainstItsSchema_IsRefused()
    {
        const string Config = $"{Portal.Admin}/tenant-config";
        await (await UserAsync("Internal/publisher")).GetAsync(Config).ExpectErrorAsync(401, "401");
        await Admin.PutAsync(Config, new JsonObject { ["Planet"] = true }).ExpectErrorAsync(400, "400");
        await Admin.PutAsync(Config, new JsonObject { ["ApiMaxRevisionCount"] = "five" }).ExpectErrorAsync(400, "400");
        await Admin.PutAsync(Config, new JsonObject { ["Workflows"] = new JsonObject { ["Nothing"] = "Approval" } }).ExpectErrorAsync(400, "400");

        // The answer is typed as text in the contract, and is the document itself, as the field's clients read it.
        await Admin.PutAsync(Config, new JsonObject { ["IsUnlimitedTierPaid"] = false }).ExpectAsync(200);
        Assert.False((bool)(await Admin.GetAsync(Config).ExpectAsync(200))["IsUnlimitedTierPaid"]!);
        Assert.Equal("object", (string)(await Admin.GetAsync($"{Portal.Admin}/tenant-config-schema").ExpectAsync(200))["type"]!);
    }

    private Task<Answer> PutAsync(string scope, IReadOnlyList<string> roles) => Admin.PutAsync(Scopes, new JsonObject
    {
        ["list"] = new JsonArray(new JsonObject { ["name"] = scope, ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]) }),
    });

    private Task<Answer> AliasAsync(string role, string alias) => Admin.PutAsync($"{Scopes}/role-aliases", new JsonObject
    {
        ["list"] = new JsonArray(new JsonObject { ["role"] = role, ["aliases"] = new JsonArray(alias, role) }),
    });

    private static JsonNode Entry(JsonNode all, string scope) => all["list"]!.AsArray().Single(entry => (string)entry!["name"]! == scope)!;

    private async Task<string> RoleAsync()
    {
        var name = shared.NewName("helper");
        await Admin.PostAsync($"{Portal.Admin}/roles", new JsonObject { ["name"] = name, ["scopes"] = new JsonArray() }).ExpectAsync(201);
        return name;
    }

    private async Task<Caller> UserAsync(string role)
    {
        var name = shared.NewName("person");
        var user = new JsonObject { ["userName"] = name, ["password"] = Password, ["roles"] = new JsonArray(role) };
        await Admin.PostAsync($"{Portal.Admin}/users", user).ExpectAsync(201);
        return Caller.Basic(shared.Http, shared.Node.ManagementUrl, name, Password);
    }
}
