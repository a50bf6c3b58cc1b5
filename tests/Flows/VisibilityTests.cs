using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Who sees which API: developers by visibility, publishers by access control.</summary>
public sealed class VisibilityTests(SharedNode shared)
{
    private const string Apis = Portal.Publisher + "/apis";

    [Fact]
    public async Task DevPortal_RestrictedApi_ExistsForItsRolesOnly()
    {
        var role = await shared.NewRoleAsync("gold");
        var (name, id) = await PublishAsync("Restricted", new JsonObject
        {
            ["visibility"] = "RESTRICTED",
            ["visibleRoles"] = new JsonArray(role.ToUpperInvariant()),
        });
        var member = await shared.NewUserAsync(role, "Internal/subscriber");
        var other = await shared.NewUserAsync("Internal/subscriber");

        foreach (var (caller, sees) in ((Caller, bool)[])[(member, true), (other, false), (shared.Visitor(), false), (shared.Admin, true)])
        {
            Assert.Equal(sees ? 1 : 0, await TotalAsync(caller, $"{Portal.DevPortal}/apis?query={name}"));
            Assert.Equal(sees ? 1 : 0, await TotalAsync(caller, $"{Portal.DevPortal}/search?query=name:{name}"));
            Assert.Equal(sees, await HasTagAsync(caller, "tag-" + name));
            foreach (var path in (string[])["", "/swagger"])
            {
                var answer = await caller.GetAsync($"{Portal.DevPortal}/apis/{id}{path}");
                Assert.Equal(sees ? 200 : 404, answer.Code);
            }
        }

        var application = (string)(await other.PostAsync(
            $"{Portal.DevPortal}/applications",
            new JsonObject { ["name"] = name, ["throttlingPolicy"] = "Unlimited" }).ExpectAsync(201))["applicationId"]!;
        await other.PostAsync(
            $"{Portal.DevPortal}/subscriptions",
            new JsonObject { ["apiId"] = id, ["applicationId"] = application, ["throttlingPolicy"] = "Gold" }).ExpectErrorAsync(404, "900308");
    }

    [Fact]
    public async Task DevPortal_PrivateApi_ExistsForWhoIsSignedIn()
    {
        var (name, id) = await PublishAsync("Private", new JsonObject { ["visibility"] = "PRIVATE" });
        var developer = await shared.NewUserAsync("Internal/subscriber");
        Assert.Equal(0, await TotalAsync(shared.Visitor(), $"{Portal.DevPortal}/apis?query={name}"));
        await shared.Visitor().GetAsync($"{Portal.DevPortal}/apis/{id}").ExpectErrorAsync(404, "900308");
        Assert.Equal(1, await TotalAsync(developer, $"{Portal.DevPortal}/apis?query={name}"));
        await developer.GetAsync($"{Portal.DevPortal}/apis/{id}").ExpectAsync(200);
    }

    [Fact]
    public async Task DevPortal_ApiThatIsNotPublished_Answers403()
    {
        var id = await shared.Portal.CreateApiAsync(shared.NewName("Draft"), shared.Backend.Url);
        await shared.Visitor().GetAsync($"{Portal.DevPortal}/apis/{id}").ExpectErrorAsync(403, "403");
    }

    [Fact]
    public async Task Publisher_AccessControl_ShutsOutWhoLacksTheRole()
    {
        var role = await shared.NewRoleAsync("team");
        var member = await shared.NewUserAsync(role, "Internal/creator", "Internal/publisher");
        var other = await shared.NewUserAsync("Internal/creator", "Internal/publisher");
        var name = shared.NewName("Guarded");
        var body = new JsonObject
        {
            ["name"] = name,
            ["version"] = "1",
            ["context"] = "/" + name.ToLowerInvariant(),
            ["accessControl"] = "RESTRICTED",
            ["accessControlRoles"] = new JsonArray(role),
        };
        await other.PostAsync(Apis, body.DeepClone()).ExpectErrorAsync(400, "900601");
        var id = (string)(await member.PostAsync(Apis, body).ExpectAsync(201))["id"]!;

        Assert.Equal(1, await TotalAsync(member, $"{Apis}?query={name}"));
        Assert.Equal(1, await TotalAsync(shared.Admin, $"{Apis}?query={name}"));
        Assert.Equal(0, await TotalAsync(other, $"{Apis}?query={name}"));
        Assert.Equal(0, await TotalAsync(other, $"{Portal.Publisher}/search?query={name}"));
        Assert.Contains("not authorized", await other.GetAsync($"{Apis}/{id}").ExpectErrorAsync(403, "403"), StringComparison.Ordinal);
        await other.GetAsync($"{Apis}/{id}/swagger").ExpectErrorAsync(403, "403");
        await other.PostAsync($"{Apis}/{id}/revisions", new JsonObject()).ExpectErrorAsync(403, "403");
        await other.DeleteAsync($"{Apis}/{id}").ExpectErrorAsync(403, "403");
        var read = await member.GetAsync($"{Apis}/{id}").ExpectAsync(200);
        await member.PutAsync($"{Apis}/{id}", read).ExpectAsync(200);
    }

    [Theory]
    [InlineData("visibility", "RESTRICTED", "visibleRoles", null)]
    [InlineData("visibility", "RESTRICTED", "visibleRoles", "no-such-role")]
    [InlineData("visibility", "SECRET", "visibleRoles", "admin")]
    [InlineData("accessControl", "RESTRICTED", "accessControlRoles", null)]
    [InlineData("accessControl", "RESTRICTED", "accessControlRoles", "no-such-role")]
    [InlineData("accessControl", "ALL", "accessControlRoles", "admin")]
    public async Task CreateApi_RestrictionThatNamesNoRole_IsRefused(string field, string value, string rolesField, string? role)
    {
        var name = shared.NewName("Odd");
        var answer = await shared.Admin.PostAsync(Apis, new JsonObject
        {
            ["name"] = name,
            ["version"] = "1",
            ["context"] = "/" + name.ToLowerInvariant(),
            [field] = value,
            [rolesField] = role is null ? new JsonArray() : new JsonArray(role),
        });
        Assert.Equal(400, answer.Code);
        Assert.Equal(0, await TotalAsync(shared.Admin, $"{Apis}?query={name}"));
    }

    [Fact]
    public async Task Roles_ByBase64UrlName_AreThereOrNot()
    {
        var role = await shared.NewRoleAsync("probe");
        var member = await shared.NewUserAsync(role, "Internal/creator");
        Assert.Equal(200, await HeadAsync(member, "/roles/", role));
        Assert.Equal(404, await HeadAsync(member, "/roles/", role + "x"));
        Assert.Equal(200, await HeadAsync(member, "/me/roles/", role));
        Assert.Equal(404, await HeadAsync(member, "/me/roles/", "admin"));
        Assert.Equal(404, (await member.SendAsync(HttpMethod.Head, Portal.Publisher + "/roles/%2B%2B%2B")).Code);
    }

    private static async Task<int> HeadAsync(Caller caller, string path, string role) =>
        (await caller.SendAsync(HttpMethod.Head, Portal.Publisher + path + Convert.ToBase64String(Encoding.UTF8.GetBytes(role)).TrimEnd('='))).Code;

    private static async Task<int> TotalAsync(Caller caller, string path) => (int)(await caller.GetAsync(path).ExpectAsync(200))["pagination"]!["total"]!;

    private static async Task<bool> HasTagAsync(Caller caller, string tag) =>
        (await caller.GetAsync(Portal.DevPortal + "/tags?limit=1000").ExpectAsync(200))["list"]!.AsArray().Any(one => (string)one!["value"]! == tag);

    private async Task<(string Name, string Id)> PublishAsync(string stem, JsonObject more)
    {
        var name = shared.NewName(stem);
        more["tags"] = new JsonArray("tag-" + name);
        return (name, await shared.Portal.PublishAsync(name, shared.Backend.Url, more));
    }
}
