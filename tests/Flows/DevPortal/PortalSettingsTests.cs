using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.DevPortal;

/// <summary>A node whose developer portal is configured in every way that the default is not.</summary>
public sealed class ConfiguredPortal : IAsyncLifetime
{
    private readonly TestHome _home = new(
        """
        [apim.devportal]
        enable_anonymous_mode = false
        display_multiple_versions = true
        display_deprecated_apis = true
        enable_application_sharing = true

        [[apim.devportal.application_attributes]]
        name = "Cost centre"
        required = true
        description = "Who pays"

        [[apim.devportal.application_attributes]]
        name = "Region"
        default = "eu"

        [[apim.devportal.application_attributes]]
        name = "Internal mark"
        hidden = true
        default = "x1"

        [apim]
        enable_change_password = false

        [sign_in]
        password_min_length = 12

        [self_sign_up]
        per_address = 2
        """);

    public TestNode Node { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public Caller Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Node = await TestNode.StartAsync(_home);
        Http = Node.CreateClient();
        Admin = Caller.Basic(Http, Node.ManagementUrl, "admin", TestHome.AdminPassword);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Node.DisposeAsync();
        _home.Dispose();
    }
}

/// <summary>What the settings of the developer portal change.</summary>
public sealed class PortalSettingsTests(ConfiguredPortal node, SharedNode shared) : IClassFixture<ConfiguredPortal>
{
    private const string Applications = Portal.DevPortal + "/applications";

    private Caller Visitor => new(node.Http, node.Node.ManagementUrl, null);

    [Fact]
    public async Task AnonymousModeOff_Visitor_MustSignIn()
    {
        foreach (var path in (string[])["/apis", "/throttling-policies/application", "/tenants"])
        {
            await Visitor.GetAsync(Portal.DevPortal + path).ExpectErrorAsync(401, "401");
            await node.Admin.GetAsync(Portal.DevPortal + path).ExpectAsync(200);
        }
    }

    [Fact]
    public async Task MultipleVersionsAndDeprecated_On_ListAll()
    {
        var portal = new Portal(node.Admin, node.Node.ManagementUrl);
        var first = await portal.PublishAsync("Listed", shared.Backend.Url);
        await portal.PublishAsync("Listed", shared.Backend.Url, new JsonObject { ["version"] = "2.0.0" });
        await node.Admin.PostAsync($"{Portal.Publisher}/apis/change-lifecycle?apiId={first}&action=Deprecate").ExpectAsync(200);
        var list = (await node.Admin.GetAsync($"{Portal.DevPortal}/apis?query=name:Listed").ExpectAsync(200))["list"]!.AsArray();
        Assert.Equal(["1.0.0", "2.0.0"], list.Select(api => (string)api!["version"]!).Order());
    }

    [Fact]
    public async Task Attributes_Configured_AreCheckedFilledInAndPartlyHidden()
    {
        var body = Body("Attributed");
        await node.Admin.PostAsync(Applications, body).ExpectErrorAsync(400, "400");
        body["attributes"] = new JsonObject { ["cost centre"] = "4711", ["unknown"] = "x" };
        await node.Admin.PostAsync(Applications, body).ExpectErrorAsync(400, "400");
        body["attributes"] = new JsonObject { ["cost centre"] = "4711", ["internal mark"] = "mine" };
        var created = await node.Admin.PostAsync(Applications, body).ExpectAsync(201);
        var attributes = created["attributes"]!.AsObject();
        Assert.Equal(("4711", "eu"), ((string)attributes["Cost centre"]!, (string)attributes["Region"]!));
        Assert.Equal(2, attributes.Count);

        var listed = (await node.Admin.GetAsync(Portal.DevPortal + "/settings/application-attributes").ExpectAsync(200))["list"]!.AsArray();
        Assert.Equal(["Cost centre", "Region"], listed.Select(attribute => (string)attribute!["attribute"]!));
        Assert.Equal("true", (string)listed[0]!["required"]!);
    }

    [Fact]
    public async Task SharedApplication_MembersOfItsGroup_SeeAndUseItAndDoNotChangeIt()
    {
        var owner = await JoinAsync("trader-a", "traders, buyers");
        var member = await JoinAsync("trader-b", "Traders");
        var stranger = await JoinAsync("clerk", "clerks");
        var body = Body("Desk");
        body["groups"] = new JsonArray("clerks");
        await owner.PostAsync(Applications, body).ExpectErrorAsync(400, "400");
        body["groups"] = new JsonArray("traders");
        var id = (string)(await owner.PostAsync(Applications, body).ExpectAsync(201))["applicationId"]!;

        var path = $"{Applications}/{id}";
        Assert.Equal("trader-a", (string)(await member.GetAsync(path).ExpectAsync(200))["owner"]!);
        Assert.Equal(1, (int)(await member.GetAsync(Applications).ExpectAsync(200))["pagination"]!["total"]!);
        Assert.Equal(1, (int)(await member.GetAsync(Applications + "?groupId=traders").ExpectAsync(200))["count"]!);
        Assert.Equal(0, (int)(await member.GetAsync(Applications + "?groupId=clerks").ExpectAsync(200))["count"]!);
        var keys = await owner.PostAsync(
            path + "/generate-keys", new JsonObject { ["keyType"] = "PRODUCTION", ["grantTypesToBeSupported"] = new JsonArray("client_credentials") })
            .ExpectAsync(200);
        var key = $"{path}/oauth-keys/{(string)keys["keyMappingId"]!}";
        await member.GetAsync(key).ExpectAsync(200);
        await member.PostAsync(key + "/generate-token", new JsonObject { ["consumerSecret"] = (string)keys["consumerSecret"]! }).ExpectAsync(200);
        await member.PutAsync(path, body).ExpectErrorAsync(403, "403");
        await member.DeleteAsync(path).ExpectErrorAsync(403, "403");
        await member.PostAsync(key + "/regenerate-secret").ExpectErrorAsync(403, "403");
        await member.DeleteAsync(key).ExpectErrorAsync(403, "403");

        await stranger.GetAsync(path).ExpectErrorAsync(404, "900307");
        await stranger.GetAsync(key).ExpectErrorAsync(404, "900307");
        Assert.Equal(0, (int)(await stranger.GetAsync(Applications).ExpectAsync(200))["pagination"]!["total"]!);

        body["groups"] = new JsonArray();
        await owner.PutAsync(path, body).ExpectAsync(200);
        await member.GetAsync(path).ExpectErrorAsync(404, "900307");
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task SharedApplication_WhereMembersMayUpdate_IsChangedByThemAndNotTakenOver()
    {
        using var home = new TestHome(
            """
            [apim.devportal]
            enable_application_sharing = true
            org_wide_app_update = true

            [self_sign_up]
            enabled = false
            """);
        await using var open = await TestNode.StartAsync(home);
        using var http = open.CreateClient();
        var admin = Caller.Basic(http, open.ManagementUrl, "admin", TestHome.AdminPassword);
        var owner = await People.JoinAsync(admin, open.ManagementUrl, "trader-a", ["Internal/subscriber"], "traders");
        var member = await People.JoinAsync(admin, open.ManagementUrl, "trader-b", ["Internal/subscriber"], "traders");
        var body = new JsonObject { ["name"] = "Desk", ["throttlingPolicy"] = "Unlimited", ["groups"] = new JsonArray("traders") };
        var path = $"{Applications}/{(string)(await owner.PostAsync(Applications, body).ExpectAsync(201))["applicationId"]!}";

        body["description"] = "changed";
        body["owner"] = "trader-b";
        Assert.Equal("trader-a", (string)(await member.PutAsync(path, body).ExpectAsync(200))["owner"]!);
        await member.DeleteAsync(path).ExpectAsync(200);
        await owner.GetAsync(path).ExpectErrorAsync(404, "900307");

        var visitor = new Caller(http, open.ManagementUrl, null);
        await visitor.PostAsync(
            Portal.DevPortal + "/self-signup", new JsonObject { ["username"] = "visitor", ["password"] = People.Password }).ExpectErrorAsync(403, "403");
    }

    [Fact]
    public async Task Passwords_SettingsOfTheirOwn_HoldForEverybody()
    {
        await node.Admin.PostAsync(
            $"{Portal.Admin}/users", new JsonObject { ["userName"] = "shortish", ["password"] = "elevenchars" }).ExpectErrorAsync(400, "400");
        await node.Admin.PostAsync(
            Portal.DevPortal + "/me/change-password", new JsonObject { ["currentPassword"] = TestHome.AdminPassword, ["newPassword"] = "long-enough-22" })
            .ExpectErrorAsync(400, "901450");
    }

    [Fact]
    public async Task SignUp_ThirdAttemptFromOneAddress_HasToWait()
    {
        List<int> codes = [];
        for (var i = 0; i < 3; i++)
        {
            codes.Add((await Visitor.PostAsync(
                Portal.DevPortal + "/self-signup", new JsonObject { ["username"] = $"visitor{i}", ["password"] = "long-enough-22" })).Code);
        }

        Assert.Equal([201, 201, 429], codes);
    }

    private Task<Caller> JoinAsync(string name, string groups) =>
        People.JoinAsync(node.Admin, node.Node.ManagementUrl, name, ["Internal/subscriber"], groups);

    private static JsonObject Body(string name) => new()
    {
        ["name"] = name,
        ["throttlingPolicy"] = "Unlimited",
        ["attributes"] = name == "Attributed" ? null : new JsonObject { ["Cost centre"] = "1" },
    };
}
