using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>What publishers see of subscriptions, and what blocking one does at the gateway.</summary>
[Collection(nameof(Alone))]
public sealed class SubscribersTests(SharedNode shared)
{
    private const string Subscriptions = Portal.Publisher + "/subscriptions";

    // What the product promises between a block and the gateway's refusal.
    private static readonly TimeSpan Promised = TimeSpan.FromMilliseconds(500);

    private Caller Admin => shared.Admin;

    [Fact]
    public async Task Subscription_Blocked_IsRefusedByTheGatewayWithinTheTimePromised()
    {
        var (apiId, path, consumer, id) = await SubscribedAsync();
        var token = await shared.Portal.TokenAsync(consumer);
        await shared.UntilAsync(path, token, 200);

        await Admin.PostAsync($"{Subscriptions}/block-subscription?subscriptionId={id}&blockState=BLOCKED").ExpectAsync(200);
        await shared.UntilAsync(path, token, 401, Promised);
        await shared.CallAsync(path, token).ExpectErrorAsync(401, "900907");
        var listed = await Admin.GetAsync($"{Subscriptions}?apiId={apiId}").ExpectAsync(200);
        Assert.Equal("BLOCKED", (string)listed["list"]![0]!["subscriptionStatus"]!);

        await Admin.PostAsync($"{Subscriptions}/unblock-subscription?subscriptionId={id}").ExpectAsync(200);
        await shared.UntilAsync(path, token, 200, Promised);
    }

    [Fact]
    public async Task Subscription_BlockedForProductionOnly_LetsSandboxKeysPass()
    {
        var (_, path, consumer, id) = await SubscribedAsync();
        var sandbox = await shared.Portal.KeysAsync(consumer.ApplicationId, keyType: "SANDBOX");
        var (production, boxed) = (await shared.Portal.TokenAsync(consumer), await shared.Portal.TokenAsync(sandbox));
        await shared.UntilAsync(path, production, 200);
        await shared.UntilAsync(path, boxed, 200);

        await Admin.PostAsync($"{Subscriptions}/block-subscription?subscriptionId={id}&blockState=PROD_ONLY_BLOCKED").ExpectAsync(200);
        await shared.UntilAsync(path, production, 401, Promised);
        await shared.CallAsync(path, production).ExpectErrorAsync(401, "900907");
        Assert.Equal(200, (await shared.CallAsync(path, boxed)).Code);
    }

    [Fact]
    public async Task Subscriptions_ByApiAndText_ArePagedWithATrueTotal()
    {
        var (apiId, _, first, _) = await SubscribedAsync();
        for (var i = 0; i < 2; i++)
        {
            await shared.Portal.SubscribeAsync(apiId, await shared.Portal.ConsumerAsync(shared.NewName("Extra")));
        }

        var page = await Admin.GetAsync($"{Subscriptions}?apiId={apiId}&limit=2").ExpectAsync(200);
        Assert.Equal((2, 3), ((int)page["count"]!, (int)page["pagination"]!["total"]!));
        Assert.Equal(1, (int)(await Admin.GetAsync((string)page["pagination"]!["next"]!).ExpectAsync(200))["count"]!);
        var found = await Admin.GetAsync($"{Subscriptions}?apiId={apiId}&query=EXTRA").ExpectAsync(200);
        Assert.Equal(2, (int)found["pagination"]!["total"]!);
        var application = (await Admin.GetAsync($"{Subscriptions}?apiId={apiId}&query=caller").ExpectAsync(200))["list"]![0]!["applicationInfo"]!;
        Assert.Equal(
            (first.ApplicationId, "admin", 1),
            ((string)application["applicationId"]!, (string)application["subscriber"]!, (int)application["subscriptionCount"]!));
        await Admin.GetAsync($"{Subscriptions}?apiId=nothing").ExpectErrorAsync(404, "900308");
    }

    [Fact]
    public async Task Subscriptions_OfAnApiThatAccessControlHides_AreHiddenToo()
    {
        var role = await shared.NewRoleAsync("team");
        var (apiId, _, _, id) = await SubscribedAsync();
        var api = await Admin.GetAsync($"{Portal.Publisher}/apis/{apiId}").ExpectAsync(200);
        (api["accessControl"], api["accessControlRoles"]) = ("RESTRICTED", new JsonArray(role));
        await Admin.PutAsync($"{Portal.Publisher}/apis/{apiId}", api).ExpectAsync(200);
        foreach (var (caller, sees) in ((Caller, bool)[])
            [(await shared.NewUserAsync(role, "Internal/publisher"), true), (await shared.NewUserAsync("Internal/publisher"), false)])
        {
            var listed = await caller.GetAsync($"{Subscriptions}?limit=1000").ExpectAsync(200);
            Assert.Equal(sees, listed["list"]!.AsArray().Any(entry => (string)entry!["subscriptionId"]! == id));
            foreach (var path in (string[])["documents", "comments", "thumbnail", "history", "revisions", "deployments"])
            {
                Assert.Equal(sees, (await caller.GetAsync($"{Portal.Publisher}/apis/{apiId}/{path}")).Code is 200 or 404);
            }

            Assert.Equal(sees, (await caller.GetAsync($"{Portal.Publisher}/apis/export?apiId={apiId}")).Code == 200);
            var block = $"{Subscriptions}/block-subscription?subscriptionId={id}&blockState=BLOCKED";
            Assert.Equal(sees ? 200 : 403, (await caller.PostAsync(block)).Code);
        }
    }

    [Fact]
    public async Task Subscription_ChangedPlan_IsOneThatTheApiOffers()
    {
        var (apiId, _, _, id) = await SubscribedAsync();
        var change = $"{Subscriptions}/change-business-plan?subscriptionId={id}&businessPlan=";
        await Admin.PostAsync(change).ExpectErrorAsync(400, "400");
        await Admin.PostAsync(change + "Silver").ExpectErrorAsync(400, "900305");
        await Admin.PostAsync(change + "gold").ExpectAsync(200);
        var listed = await Admin.GetAsync($"{Subscriptions}?apiId={apiId}").ExpectAsync(200);
        Assert.Equal("Gold", (string)listed["list"]![0]!["throttlingPolicy"]!);
    }

    [Fact]
    public async Task Subscription_UnknownOrBlockedInAnUnknownWay_IsRefused()
    {
        var (_, _, _, id) = await SubscribedAsync();
        await Admin.PostAsync($"{Subscriptions}/block-subscription?subscriptionId=nobody&blockState=BLOCKED").ExpectErrorAsync(404, "900310");
        await Admin.PostAsync($"{Subscriptions}/unblock-subscription?subscriptionId=nobody").ExpectErrorAsync(404, "900310");
        await Admin.PostAsync($"{Subscriptions}/block-subscription?subscriptionId={id}&blockState=FROZEN").ExpectErrorAsync(400, "400");
        await Admin.PostAsync($"{Subscriptions}/block-subscription?subscriptionId={id}").ExpectErrorAsync(400, "400");
        await Admin.GetAsync($"{Subscriptions}/nobody/subscriber-info").ExpectErrorAsync(404, "900310");
        Assert.Equal("admin", (string)(await Admin.GetAsync($"{Subscriptions}/{id}/subscriber-info").ExpectAsync(200))["name"]!);
    }

    private async Task<(string ApiId, string Path, Consumer Consumer, string SubscriptionId)> SubscribedAsync()
    {
        var name = shared.NewName("Admitting");
        var apiId = await shared.Portal.PublishAsync(name, shared.Backend.Url);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Caller"));
        return (apiId, $"/{name.ToLowerInvariant()}/1.0.0/x", consumer, await shared.Portal.SubscribeAsync(apiId, consumer));
    }
}
