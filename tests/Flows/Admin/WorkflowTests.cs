using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Admin;

/// <summary>Requests that wait for approval, each kind in an organization of its own that asks for it.</summary>
public sealed class WorkflowTests(SharedNode shared)
{
    private const string Workflows = $"{Portal.Admin}/workflows";

    [Fact]
    public async Task ApplicationCreation_UntilItIsApproved_IsOfNoUse()
    {
        var tenant = await ApprovingOrganization.MakeAsync(shared, "ApplicationCreation");
        var (id, status) = await ApplicationAsync(tenant, "App");
        Assert.Equal("CREATED", status);
        await GenerateKeysAsync(tenant, id).ExpectErrorAsync(400, "400");

        var task = await tenant.OnlyTaskAsync("AM_APPLICATION_CREATION");
        Assert.Equal("App", (string)task["properties"]!["applicationName"]!);
        await shared.Admin.GetAsync($"{Workflows}/{task["referenceId"]}").ExpectErrorAsync(404, "404");
        await tenant.DecideAsync(task, "MAYBE").ExpectErrorAsync(400, "400");
        await tenant.DecideAsync(task, "APPROVED").ExpectAsync(200);
        await tenant.DecideAsync(task, "REJECTED").ExpectErrorAsync(400, "900552");
        Assert.Equal("APPROVED", (string)(await tenant.Caller.GetAsync($"{Portal.DevPortal}/applications/{id}").ExpectAsync(200))["status"]!);
        await GenerateKeysAsync(tenant, id).ExpectAsync(200);
        await tenant.NoTaskAsync();

        var (rejected, _) = await ApplicationAsync(tenant, "Unwanted");
        await tenant.DecideAsync(await tenant.OnlyTaskAsync("AM_APPLICATION_CREATION"), "REJECTED").ExpectAsync(200);
        Assert.Equal("REJECTED", (string)(await tenant.Caller.GetAsync($"{Portal.DevPortal}/applications/{rejected}").ExpectAsync(200))["status"]!);
        var (deleted, _) = await ApplicationAsync(tenant, "Deleted");
        await tenant.Caller.DeleteAsync($"{Portal.DevPortal}/applications/{deleted}").ExpectAsync(200);
        await tenant.NoTaskAsync();
        var nowhere = $"{Workflows}/update-workflow-status?workflowReferenceId=none";
        await tenant.Caller.PostAsync(nowhere, ApprovingOrganization.Decision("APPROVED")).ExpectErrorAsync(404, "404");
    }

    [Fact]
    public async Task ApplicationDeletion_UntilItIsApproved_LeavesTheApplication()
    {
        var tenant = await ApprovingOrganization.MakeAsync(shared, "ApplicationDeletion");
        var (id, _) = await ApplicationAsync(tenant, "App");
        var path = $"{Portal.DevPortal}/applications/{id}";
        Assert.Equal("CREATED", (string)(await tenant.Caller.DeleteAsync(path).ExpectAsync(202))["workflowStatus"]!);
        await tenant.Caller.DeleteAsync(path).ExpectErrorAsync(400, "900550");
        await tenant.DecideAsync(await tenant.OnlyTaskAsync("AM_APPLICATION_DELETION"), "REJECTED").ExpectAsync(200);
        Assert.Equal("APPROVED", (string)(await tenant.Caller.GetAsync(path).ExpectAsync(200))["status"]!);
        await tenant.Caller.DeleteAsync(path).ExpectAsync(202);
        await tenant.DecideAsync(await tenant.OnlyTaskAsync("AM_APPLICATION_DELETION"), "APPROVED").ExpectAsync(200);
        await tenant.Caller.GetAsync(path).ExpectErrorAsync(404, "900307");
    }

    [Fact]
    public async Task Subscription_BlockedByThePublisher_IsNotOpenedByAskingForAnotherPlanOrItsEnd()
    {
        await using var backend = await TestBackend.StartAsync();
        var tenant = await ApprovingOrganization.MakeAsync(shared, "SubscriptionUpdate", "SubscriptionDeletion");
        var api = await tenant.Portal.PublishAsync(shared.NewName("Shut"), backend.Url);
        var consumer = await tenant.Portal.ConsumerAsync("App");
        var id = await tenant.Portal.SubscribeAsync(api, consumer, "Gold");
        await tenant.Caller.PostAsync($"{Portal.Publisher}/subscriptions/block-subscription?subscriptionId={id}&blockState=BLOCKED").ExpectAsync(200);
        var path = $"{Portal.DevPortal}/subscriptions/{id}";
        var change = new JsonObject { ["apiId"] = api, ["applicationId"] = consumer.ApplicationId, ["throttlingPolicy"] = "Bronze" };
        await tenant.Caller.PutAsync(path, change).ExpectErrorAsync(409, "409");
        Assert.Equal("BLOCKED", (string)(await tenant.Caller.GetAsync(path).ExpectAsync(200))["status"]!);
        await tenant.Caller.DeleteAsync(path).ExpectAsync(200);
        Assert.Equal(404, (await tenant.Caller.GetAsync(path)).Code);
    }

    [Theory]
    [InlineData("TIER_UPDATE_PENDING", "APPROVED", "Bronze")]
    [InlineData("TIER_UPDATE_PENDING", "REJECTED", "Gold")]
    [InlineData("DELETE_PENDING", "REJECTED", "Gold")]
    public async Task Subscription_BlockedWhileAChangeWaits_StaysBlockedWhateverIsDecided(string pending, string decision, string plan)
    {
        var tenant = await ApprovingOrganization.MakeAsync(shared, "SubscriptionUpdate", "SubscriptionDeletion");
        var api = await tenant.Portal.PublishAsync(shared.NewName("Shut"), shared.Backend.Url);
        var consumer = await tenant.Portal.ConsumerAsync("App");
        var id = await tenant.Portal.SubscribeAsync(api, consumer, "Gold");
        var path = $"{Portal.DevPortal}/subscriptions/{id}";
        var change = new JsonObject { ["apiId"] = api, ["applicationId"] = consumer.ApplicationId, ["throttlingPolicy"] = "Bronze" };
        await (pending == "DELETE_PENDING" ? tenant.Caller.DeleteAsync(path).ExpectAsync(202) : tenant.Caller.PutAsync(path, change).ExpectAsync(200));
        async Task StateIsAsync(string state) => Assert.Equal(state, (string)(await tenant.Caller.GetAsync(path).ExpectAsync(200))["status"]!);
        await StateIsAsync(pending);

        var publisher = $"{Portal.Publisher}/subscriptions/";
        await tenant.Caller.PostAsync($"{publisher}unblock-subscription?subscriptionId={id}").ExpectErrorAsync(400, "400");
        await tenant.Caller.PostAsync($"{publisher}block-subscription?subscriptionId={id}&blockState=BLOCKED").ExpectAsync(200);
        await StateIsAsync("BLOCKED");
        await tenant.Caller.PostAsync($"{publisher}unblock-subscription?subscriptionId={id}").ExpectAsync(200);
        await StateIsAsync(pending);
        await tenant.Caller.PostAsync($"{publisher}block-subscription?subscriptionId={id}&blockState=BLOCKED").ExpectAsync(200);
        var type = pending == "DELETE_PENDING" ? "AM_SUBSCRIPTION_DELETION" : "AM_SUBSCRIPTION_UPDATE";
        await tenant.DecideOnlyAsync(type, decision);
        await StateIsAsync("BLOCKED");
        Assert.Equal(plan, (string)(await tenant.Caller.GetAsync(path).ExpectAsync(200))["throttlingPolicy"]!);
        await tenant.Caller.PostAsync($"{publisher}unblock-subscription?subscriptionId={id}").ExpectAsync(200);
        await StateIsAsync("UNBLOCKED");
    }

    [Fact]
    public async Task Publish_OfAnApiThatIsNoLongerReady_IsNotApproved()
    {
        var tenant = await ApprovingOrganization.MakeAsync(shared, "APIStateChange");
        var id = await tenant.Portal.CreateApiAsync(shared.NewName("Unready"), shared.Backend.Url);
        await tenant.Caller.PostAsync($"{Portal.Publisher}/apis/change-lifecycle?apiId={id}&action=Publish").ExpectAsync(200);
        var api = await tenant.Caller.GetAsync($"{Portal.Publisher}/apis/{id}").ExpectAsync(200);
        api["policies"] = new JsonArray();
        await tenant.Caller.PutAsync($"{Portal.Publisher}/apis/{id}", api).ExpectAsync(200);
        var task = await tenant.OnlyTaskAsync("AM_API_STATE");
        await tenant.DecideAsync(task, "APPROVED").ExpectErrorAsync(400, "903224");

        // With keys only it needs no plan.
        api = await tenant.Caller.GetAsync($"{Portal.Publisher}/apis/{id}").ExpectAsync(200);
        api["securityScheme"] = new JsonArray("api_key", "oauth_basic_auth_api_key_mandatory");
        await tenant.Caller.PutAsync($"{Portal.Publisher}/apis/{id}", api).ExpectAsync(200);
        await tenant.DecideAsync(task, "APPROVED").ExpectAsync(200);
        Assert.Equal("PUBLISHED", (string)(await tenant.Caller.GetAsync($"{Portal.Publisher}/apis/{id}").ExpectAsync(200))["lifeCycleStatus"]!);
    }

    [Fact]
    public async Task Subscription_CreatedChangedAndEnded_WaitsEachTime()
    {
        await using var backend = await TestBackend.StartAsync();
        var tenant = await ApprovingOrganization.MakeAsync(shared, "SubscriptionCreation", "SubscriptionUpdate", "SubscriptionDeletion");
        var name = shared.NewName("Held");
        var api = await tenant.Portal.PublishAsync(name, backend.Url);
        var consumer = await tenant.Portal.ConsumerAsync("App");
        var id = await tenant.Portal.SubscribeAsync(api, consumer, "Gold");
        var token = await tenant.Portal.TokenAsync(consumer);
        var called = $"/t/{tenant.Domain}/{name.ToLowerInvariant()}/1.0.0/x";
        await shared.UntilAsync(called, token, 401);
        await shared.CallAsync(called, token).ExpectErrorAsync(401, "900909");

        // Publishers see and decide these too.
        var seen = (await tenant.Caller.GetAsync($"{Portal.Publisher}/workflows").ExpectAsync(200))["list"]!.AsArray().Single()!;
        await tenant.Caller.PostAsync(
            $"{Portal.Publisher}/workflows/update-workflow-status?workflowReferenceId={seen["referenceId"]}",
            ApprovingOrganization.Decision("APPROVED")).ExpectAsync(200);
        await shared.UntilAsync(called, token, 200);

        var path = $"{Portal.DevPortal}/subscriptions/{id}";
        var change = new JsonObject { ["apiId"] = api, ["applicationId"] = consumer.ApplicationId, ["throttlingPolicy"] = "Bronze" };
        var changed = await tenant.Caller.PutAsync(path, change).ExpectAsync(200);
        Assert.Equal(("TIER_UPDATE_PENDING", "Gold"), ((string)changed["status"]!, (string)changed["throttlingPolicy"]!));
        await shared.CallAsync(called, token).ExpectAsync(200);
        await tenant.Caller.PutAsync(path, change).ExpectErrorAsync(409, "900550");
        await tenant.DecideAsync(await tenant.OnlyTaskAsync("AM_SUBSCRIPTION_UPDATE"), "APPROVED").ExpectAsync(200);
        Assert.Equal("Bronze", (string)(await tenant.Caller.GetAsync(path).ExpectAsync(200))["throttlingPolicy"]!);

        await tenant.Caller.DeleteAsync(path).ExpectAsync(202);
        Assert.Equal("DELETE_PENDING", (string)(await tenant.Caller.GetAsync(path).ExpectAsync(200))["status"]!);
        await tenant.DecideAsync(await tenant.OnlyTaskAsync("AM_SUBSCRIPTION_DELETION"), "APPROVED").ExpectAsync(200);
        await tenant.Caller.GetAsync(path).ExpectErrorAsync(404, "900310");
        await shared.UntilAsync(called, token, 403);
    }

    [Fact]
    public async Task LifecycleStepAndDeployment_UntilTheyAreApproved_DoNotHappen()
    {
        var tenant = await ApprovingOrganization.MakeAsync(shared, "APIStateChange", "APIRevisionDeployment");
        var api = await tenant.Portal.CreateApiAsync(shared.NewName("Slow"), shared.Backend.Url);
        var revision = (string)(await tenant.Caller.PostAsync($"{Portal.Publisher}/apis/{api}/revisions", new JsonObject()).ExpectAsync(201))["id"]!;
        var deploy = $"{Portal.Publisher}/apis/{api}/deploy-revision?revisionId={revision}";
        var place = new JsonArray(new JsonObject { ["name"] = "Default" });
        var waiting = (await tenant.Caller.PostAsync(deploy, place).ExpectAsync(201)).AsArray().Single()!;
        Assert.Equal("CREATED", (string)waiting["status"]!);
        await tenant.Caller.PostAsync(deploy, place).ExpectErrorAsync(409, "900550");
        var cancel = $"{Portal.Publisher}/apis/{api}/cancel-revision-workflow/{revision}/Default";
        await tenant.Caller.DeleteAsync(cancel).ExpectAsync(200);
        await tenant.Caller.DeleteAsync(cancel).ExpectErrorAsync(412, "900551");
        await tenant.Caller.PostAsync(deploy, place).ExpectAsync(201);
        await tenant.DecideAsync(await tenant.OnlyTaskAsync("AM_REVISION_DEPLOYMENT"), "APPROVED").ExpectAsync(200);
        var deployed = (await tenant.Caller.GetAsync($"{Portal.Publisher}/apis/{api}/deployments").ExpectAsync(200))["list"]!.AsArray().Single()!;
        Assert.Equal("APPROVED", (string)deployed["status"]!);

        var publish = $"{Portal.Publisher}/apis/change-lifecycle?apiId={api}&action=Publish";
        var pending = $"{Portal.Publisher}/apis/{api}/lifecycle-state/pending-tasks";
        Assert.Equal("CREATED", (string)(await tenant.Caller.PostAsync(publish).ExpectAsync(200))["workflowStatus"]!);
        await tenant.Caller.PostAsync(publish).ExpectErrorAsync(409, "900550");
        await tenant.Caller.DeleteAsync(pending).ExpectAsync(200);
        await tenant.Caller.DeleteAsync(pending).ExpectErrorAsync(412, "900551");
        await tenant.Caller.PostAsync(publish).ExpectAsync(200);
        await tenant.DecideAsync(await tenant.OnlyTaskAsync("AM_API_STATE"), "APPROVED").ExpectAsync(200);
        var state = await tenant.Caller.GetAsync($"{Portal.Publisher}/apis/{api}/lifecycle-state").ExpectAsync(200);
        Assert.Equal("Published", (string)state["state"]!);
    }

    private static Task<Answer> GenerateKeysAsync(ApprovingOrganization tenant, string application) => tenant.Caller.PostAsync(
        $"{Portal.DevPortal}/applications/{application}/generate-keys",
        new JsonObject { ["keyType"] = "PRODUCTION", ["grantTypesToBeSupported"] = new JsonArray("client_credentials") });

    private static async Task<(string Id, string Status)> ApplicationAsync(ApprovingOrganization tenant, string name)
    {
        var created = await tenant.Caller.PostAsync(
            $"{Portal.DevPortal}/applications", new JsonObject { ["name"] = name, ["throttlingPolicy"] = "Unlimited" }).ExpectAsync(201);
        return ((string)created["applicationId"]!, (string)created["status"]!);
    }
}
