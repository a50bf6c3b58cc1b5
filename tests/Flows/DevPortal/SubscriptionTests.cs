using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.DevPortal;

/// <summary>Subscriptions: made one by one or several at once, listed, moved to another plan.</summary>
public sealed class SubscriptionTests(SharedNode shared)
{
    private const string Subscriptions = Portal.DevPortal + "/subscriptions";

    private Portal Portal => shared.Portal;

    [Fact]
    public async Task Several_OneOfThemRefused_SaveNone()
    {
        var (first, second) = (await ApiAsync(), await ApiAsync());
        var consumer = await Portal.ConsumerAsync(shared.NewName("Many"));
        await shared.Admin.PostAsync(
            $"{Subscriptions}/multiple", new JsonArray(Body(first, consumer), Body(second, consumer, "Silver"))).ExpectErrorAsync(403, "902002");
        await shared.Admin.PostAsync(
            $"{Subscriptions}/multiple", new JsonArray(Body(first, consumer), Body(first, consumer))).ExpectErrorAsync(409, "409");
        Assert.Equal(0, (int)(await ListAsync($"applicationId={consumer.ApplicationId}"))["count"]!);

        var made = (await shared.Admin.PostAsync(
            $"{Subscriptions}/multiple", new JsonArray(Body(first, consumer), Body(second, consumer, "Gold"))).ExpectAsync(200)).AsArray();
        Assert.Equal(["Unlimited", "Gold"], made.Select(subscription => (string)subscription!["throttlingPolicy"]!));
        await shared.Admin.PostAsync($"{Subscriptions}/multiple", new JsonArray()).ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task Subscribe_Twice_IsRefused()
    {
        var api = await ApiAsync();
        var consumer = await Portal.ConsumerAsync(shared.NewName("Twice"));
        await Portal.SubscribeAsync(api, consumer);
        await shared.Admin.PostAsync(Subscriptions, Body(api, consumer)).ExpectErrorAsync(409, "409");
    }

    [Fact]
    public async Task List_NamesNeitherApiNorApplication_IsRefused() =>
        await shared.Admin.GetAsync(Subscriptions).ExpectErrorAsync(400, "400");

    [Fact]
    public async Task List_AnApiThatBecameInvisible_IsStillThere()
    {
        var api = await ApiAsync();
        var consumer = await Portal.ConsumerAsync(shared.NewName("Faithful"));
        var id = await Portal.SubscribeAsync(api, consumer);
        await shared.Admin.PostAsync($"{Portal.Publisher}/apis/change-lifecycle?apiId={api}&action=Demote to Created").ExpectAsync(200);

        foreach (var whose in (string[])[$"applicationId={consumer.ApplicationId}", $"apiId={api}"])
        {
            Assert.Equal([id], (await ListAsync(whose))["list"]!.AsArray().Select(subscription => (string)subscription!["subscriptionId"]!));
        }

        var another = await Portal.ConsumerAsync(shared.NewName("Late"));
        await shared.Admin.PostAsync(Subscriptions, Body(api, another)).ExpectErrorAsync(403, "403");
    }

    [Fact]
    public async Task Subscribe_ToADeprecatedOrBlockedApi_IsRefusedAndOldOnesStay()
    {
        var api = await ApiAsync();
        var consumer = await Portal.ConsumerAsync(shared.NewName("Early"));
        var id = await Portal.SubscribeAsync(api, consumer);
        var late = await Portal.ConsumerAsync(shared.NewName("Late"));
        foreach (var action in (string[])["Block", "Deprecate"])
        {
            await shared.Admin.PostAsync($"{Portal.Publisher}/apis/change-lifecycle?apiId={api}&action={action}").ExpectAsync(200);
            await shared.Admin.PostAsync(Subscriptions, Body(api, late)).ExpectErrorAsync(400, "400");
        }

        Assert.Equal("UNBLOCKED", (string)(await shared.Admin.GetAsync($"{Subscriptions}/{id}").ExpectAsync(200))["status"]!);
    }

    [Fact]
    public async Task Plan_DeniedToTheCallersRoles_IsRefused()
    {
        var plan = shared.NewName("NotForAll");
        await shared.Admin.PostAsync(
            $"{Portal.Admin}/throttling/policies/subscription",
            new JsonObject
            {
                ["policyName"] = plan,
                ["defaultLimit"] = Requests(5),
                ["permissions"] = new JsonObject { ["permissionType"] = "DENY", ["roles"] = new JsonArray("Internal/subscriber") },
            }).ExpectAsync(201);
        var api = await Portal.PublishAsync(
            shared.NewName("Guarded"), shared.Backend.Url, new JsonObject { ["policies"] = new JsonArray("Unlimited", plan) });
        var developer = await shared.DeveloperAsync();
        var application = (string)(await developer.PostAsync(
            $"{Portal.DevPortal}/applications", new JsonObject { ["name"] = "Any", ["throttlingPolicy"] = "Unlimited" }).ExpectAsync(201))["applicationId"]!;
        var consumer = new Consumer(application, "", "", "");

        await developer.PostAsync(Subscriptions, Body(api, consumer, plan)).ExpectErrorAsync(403, "902002");
        var made = await developer.PostAsync(Subscriptions, Body(api, consumer)).ExpectAsync(201);
        made["requestedThrottlingPolicy"] = plan;
        await developer.PutAsync($"{Subscriptions}/{(string)made["subscriptionId"]!}", made).ExpectErrorAsync(403, "902002");
    }

    private Task<string> ApiAsync() => Portal.PublishAsync(shared.NewName("Offer"), shared.Backend.Url);

    private Task<JsonNode> ListAsync(string whose) => shared.Admin.GetAsync($"{Subscriptions}?{whose}").ExpectAsync(200);

    private static JsonObject Body(string apiId, Consumer consumer, string plan = "Unlimited") =>
        new() { ["apiId"] = apiId, ["applicationId"] = consumer.ApplicationId, ["throttlingPolicy"] = plan };

    private static JsonObject Requests(int perMinute) => new()
    {
        ["type"] = "REQUESTCOUNTLIMIT",
        ["requestCount"] = new JsonObject { ["requestCount"] = perMinute, ["timeUnit"] = "min", ["unitTime"] = 1 },
    };
}
