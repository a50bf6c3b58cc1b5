using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.DevPortal;

/// <summary>What developers ask for and get once somebody approves: keys, changes of applications, accounts.</summary>
public sealed class DeveloperRequestTests(SharedNode shared)
{
    private const string Applications = Portal.DevPortal + "/applications";
    private const string SignUp = Portal.DevPortal + "/self-signup";

    [Theory]
    [InlineData("PRODUCTION", "ProductionApplicationRegistration", "SANDBOX")]
    [InlineData("SANDBOX", "SandboxApplicationRegistration", "PRODUCTION")]
    public async Task Keys_UntilTheyAreApproved_DoNotExist(string keyType, string workflow, string otherType)
    {
        var tenant = await ApprovingOrganization.MakeAsync(shared, workflow);
        var type = "AM_APPLICATION_REGISTRATION_" + keyType;
        var id = await ApplicationAsync(tenant);
        var asked = await KeysAsync(tenant, id, keyType).ExpectAsync(200);
        Assert.Equal("CREATED", (string)asked["keyState"]!);
        Assert.Null(asked["consumerKey"]);
        Assert.Null(asked["consumerSecret"]);
        await KeysAsync(tenant, id, keyType).ExpectErrorAsync(409, "900550");
        var path = $"{Applications}/{id}/oauth-keys/{asked["keyMappingId"]}";
        await AssertStateAsync(tenant, id, path, "CREATED");
        await tenant.Caller.PostAsync(path + "/regenerate-secret").ExpectErrorAsync(404, "404");

        await tenant.DecideOnlyAsync(type, "REJECTED");
        await AssertStateAsync(tenant, id, path, "REJECTED");
        await tenant.Caller.PostAsync(path + "/clean-up").ExpectAsync(200);
        await tenant.Caller.GetAsync(path).ExpectErrorAsync(404, "404");

        path = $"{Applications}/{id}/oauth-keys/{(await KeysAsync(tenant, id, keyType).ExpectAsync(200))["keyMappingId"]}";
        await tenant.DecideOnlyAsync(type, "APPROVED");
        await AssertStateAsync(tenant, id, path, "COMPLETED");
        var secret = await tenant.Caller.PostAsync(path + "/regenerate-secret").ExpectAsync(200);
        await tenant.Portal.TokenAsync(new Consumer(id, "", (string)secret["consumerKey"]!, (string)secret["consumerSecret"]!));
        await KeysAsync(tenant, id, keyType).ExpectErrorAsync(409, "409");

        // The other type needs no approval here.
        await KeysAsync(tenant, id, otherType).ExpectAsync(200);
        await tenant.NoTaskAsync();
    }

    [Fact]
    public async Task CleanUp_OfKeysThatWereRejectedOnce_RemovesThoseThatExist()
    {
        const string Type = "AM_APPLICATION_REGISTRATION_PRODUCTION";
        var tenant = await ApprovingOrganization.MakeAsync(shared, "ProductionApplicationRegistration");
        var id = await ApplicationAsync(tenant);
        await KeysAsync(tenant, id, "PRODUCTION").ExpectAsync(200);
        await tenant.DecideOnlyAsync(Type, "REJECTED");
        await KeysAsync(tenant, id, "PRODUCTION").ExpectAsync(200);
        await tenant.DecideOnlyAsync(Type, "APPROVED");
        await tenant.Caller.PostAsync($"{Applications}/{id}/keys/PRODUCTION/clean-up").ExpectAsync(200);
        var left = (await tenant.Caller.GetAsync($"{Applications}/{id}/oauth-keys").ExpectAsync(200))["list"]!.AsArray();
        Assert.DoesNotContain(left, key => (string)key!["keyState"]! == "COMPLETED");
    }

    [Fact]
    public async Task MapKeys_UntilTheyAreApproved_MapNothing()
    {
        var tenant = await ApprovingOrganization.MakeAsync(shared, "ProductionApplicationRegistration");
        var id = await ApplicationAsync(tenant);
        var client = await tenant.Caller.PostAsync(
            "/client-registration/v0.17/register",
            new JsonObject { ["clientName"] = shared.NewName("script"), ["owner"] = "root", ["grantType"] = "client_credentials" }).ExpectAsync(200);
        var request = new JsonObject
        {
            ["consumerKey"] = (string)client["clientId"]!,
            ["consumerSecret"] = (string)client["clientSecret"]!,
            ["keyType"] = "PRODUCTION",
        };
        var asked = await tenant.Caller.PostAsync($"{Applications}/{id}/map-keys", request).ExpectAsync(200);
        Assert.Equal(("CREATED", "MAPPED"), ((string)asked["keyState"]!, (string)asked["mode"]!));
        var path = $"{Applications}/{id}/oauth-keys/{asked["keyMappingId"]}";
        await AssertStateAsync(tenant, id, path, "CREATED");
        await tenant.DecideOnlyAsync("AM_APPLICATION_REGISTRATION_PRODUCTION", "APPROVED");
        await AssertStateAsync(tenant, id, path, "COMPLETED");
    }

    [Fact]
    public async Task ApplicationUpdate_ToAPolicyThatIsGone_IsNotApproved()
    {
        var tenant = await ApprovingOrganization.MakeAsync(shared, "ApplicationUpdate");
        var id = await ApplicationAsync(tenant);
        var change = new JsonObject { ["name"] = "App", ["throttlingPolicy"] = "10PerMin" };
        await tenant.Caller.PutAsync($"{Applications}/{id}", change).ExpectAsync(200);
        var policies = (await tenant.Caller.GetAsync($"{Portal.Admin}/throttling/policies/application?limit=100").ExpectAsync(200))["list"]!.AsArray();
        var gone = policies.Single(policy => (string)policy!["policyName"]! == "10PerMin")!;
        await tenant.Caller.DeleteAsync($"{Portal.Admin}/throttling/policies/application/{gone["policyId"]}").ExpectAsync(200);
        await tenant.DecideAsync(await tenant.OnlyTaskAsync("AM_APPLICATION_UPDATE"), "APPROVED").ExpectErrorAsync(400, "900305");
        await tenant.DecideOnlyAsync("AM_APPLICATION_UPDATE", "REJECTED");
        await AssertApplicationAsync(tenant, id, "App", "UPDATE_REJECTED");
    }

    [Fact]
    public async Task ApplicationUpdate_UntilItIsApproved_ChangesNothing()
    {
        var tenant = await ApprovingOrganization.MakeAsync(shared, "ApplicationUpdate", "ApplicationDeletion");
        const string Type = "AM_APPLICATION_UPDATE";
        var id = await ApplicationAsync(tenant);
        var asked = await ChangeAsync(tenant, id, "Renamed").ExpectAsync(200);
        Assert.Equal(("App", "UPDATE_PENDING"), ((string)asked["name"]!, (string)asked["status"]!));
        await ChangeAsync(tenant, id, "Again").ExpectErrorAsync(409, "900550");
        await KeysAsync(tenant, id, "PRODUCTION").ExpectAsync(200);
        var task = await tenant.OnlyTaskAsync(Type);
        Assert.Equal("name: 'App' to 'Renamed'", (string)task["properties"]!["change"]!);
        await tenant.DecideAsync(task, "REJECTED").ExpectAsync(200);
        await AssertApplicationAsync(tenant, id, "App", "UPDATE_REJECTED");

        await ChangeAsync(tenant, id, "Renamed").ExpectAsync(200);
        await tenant.DecideOnlyAsync(Type, "APPROVED");
        await AssertApplicationAsync(tenant, id, "Renamed", "APPROVED");

        // A name that somebody else of the owner's applications has by now is not given twice.
        await ChangeAsync(tenant, id, "Wanted").ExpectAsync(200);
        await tenant.Caller.PostAsync(Applications, Body("Wanted")).ExpectAsync(201);
        await tenant.DecideAsync(await tenant.OnlyTaskAsync(Type), "APPROVED").ExpectErrorAsync(409, "409");
        await AssertApplicationAsync(tenant, id, "Renamed", "UPDATE_PENDING");

        // Its end takes the place of a change that waits.
        await tenant.Caller.DeleteAsync($"{Applications}/{id}").ExpectAsync(202);
        Assert.Equal(0, (int)(await tenant.Caller.GetAsync($"{Portal.Admin}/workflows?workflowType={Type}").ExpectAsync(200))["count"]!);
        await ChangeAsync(tenant, id, "Late").ExpectErrorAsync(409, "900550");
    }

    [Fact]
    public async Task SignUp_UntilItIsApproved_OpensNothing()
    {
        var tenant = await ApprovingOrganization.MakeAsync(shared, "UserSignUp");
        var visitor = new Caller(shared.Http, shared.Node.ManagementUrl, null);
        var joined = await visitor.PostAsync(SignUp, Form("joan@" + tenant.Domain)).ExpectAsync(201);
        Assert.Equal(("joan", "CREATED"), ((string)joined["username"]!, (string)joined["status"]!));
        await visitor.PostAsync(SignUp, Form("joan@" + tenant.Domain)).ExpectErrorAsync(409, "409");
        var joan = As("joan", tenant);
        await joan.GetAsync(Applications).ExpectErrorAsync(401, "401");
        Assert.Equal(["Internal/selfsignup"], await RolesAsync(tenant, "joan"));

        await tenant.DecideOnlyAsync("AM_USER_SIGNUP", "APPROVED");
        Assert.Equal(["Internal/subscriber"], await RolesAsync(tenant, "joan"));
        await joan.GetAsync(Applications).ExpectAsync(200);

        await visitor.PostAsync(SignUp, Form("jack@" + tenant.Domain)).ExpectAsync(201);
        await tenant.DecideOnlyAsync("AM_USER_SIGNUP", "REJECTED");
        Assert.Empty(await RolesAsync(tenant, "jack"));
        await As("jack", tenant).GetAsync(Applications).ExpectErrorAsync(401, "401");
        await tenant.NoTaskAsync();
        await tenant.WantAsync();
        await visitor.PostAsync(SignUp, Form("jack@" + tenant.Domain)).ExpectAsync(201);
        await As("jack", tenant).GetAsync(Applications).ExpectAsync(200);
    }

    private Caller As(string name, ApprovingOrganization tenant) =>
        Caller.Basic(shared.Http, shared.Node.ManagementUrl, $"{name}@{tenant.Domain}", People.Password);

    private static JsonObject Form(string name) => new() { ["username"] = name, ["password"] = People.Password };

    private static async Task<IEnumerable<string>> RolesAsync(ApprovingOrganization tenant, string name) =>
        (await tenant.Caller.GetAsync($"{Portal.Admin}/users?limit=100").ExpectAsync(200))["list"]!.AsArray()
            .Where(user => (string)user!["userName"]! == name).SelectMany(user => user!["roles"]!.AsArray()).Select(role => (string)role!);

    private static async Task AssertStateAsync(ApprovingOrganization tenant, string id, string path, string state)
    {
        Assert.Equal(state, (string)(await tenant.Caller.GetAsync(path).ExpectAsync(200))["keyState"]!);
        var list = (await tenant.Caller.GetAsync($"{Applications}/{id}/oauth-keys").ExpectAsync(200))["list"]!.AsArray();
        Assert.Equal([state], list.Select(key => (string)key!["keyState"]!));
        var shown = (await tenant.Caller.GetAsync($"{Applications}/{id}").ExpectAsync(200))["keys"]!.AsArray();
        Assert.Equal([state], shown.Select(key => (string)key!["keyState"]!));
    }

    private static async Task AssertApplicationAsync(ApprovingOrganization tenant, string id, string name, string status)
    {
        var read = await tenant.Caller.GetAsync($"{Applications}/{id}").ExpectAsync(200);
        Assert.Equal((name, status), ((string)read["name"]!, (string)read["status"]!));
    }

    private static Task<Answer> KeysAsync(ApprovingOrganization tenant, string id, string keyType) => tenant.Caller.PostAsync(
        $"{Applications}/{id}/generate-keys", new JsonObject { ["keyType"] = keyType, ["grantTypesToBeSupported"] = new JsonArray("client_credentials") });

    private static Task<Answer> ChangeAsync(ApprovingOrganization tenant, string id, string name) =>
        tenant.Caller.PutAsync($"{Applications}/{id}", Body(name));

    private static async Task<string> ApplicationAsync(ApprovingOrganization tenant) =>
        (string)(await tenant.Caller.PostAsync(Applications, Body("App")).ExpectAsync(201))["applicationId"]!;

    private static JsonObject Body(string name) => new() { ["name"] = name, ["throttlingPolicy"] = "Unlimited" };
}
