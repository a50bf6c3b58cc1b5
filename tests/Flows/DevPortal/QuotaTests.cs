using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.DevPortal;

/// <summary>What of a quota is used, a reset of it, and how soon a change of plan counts at the gateway.</summary>
[Collection(nameof(Alone))]
public sealed class QuotaTests(SharedNode shared)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);

    private Portal Portal => shared.Portal;

    [Fact]
    public async Task Quota_AfterThreeCalls_ShowsThemForTheSubscriptionAndTheApplication()
    {
        var policy = await PolicyAsync("application", 100);
        var plan = await PolicyAsync("subscription", 50);
        var (path, consumer, subscription) = await SubscribedAsync(policy, plan);
        var token = await Portal.TokenAsync(consumer);
        await shared.UntilAsync(path, token, 200);
        await shared.CallAsync(path, token).ExpectAsync(200);
        await shared.CallAsync(path, token).ExpectAsync(200);

        await ShowsAsync($"/subscriptions/{subscription}/quota", 50, 3);
        await ShowsAsync($"/applications/{consumer.ApplicationId}/quota", 100, 3);
        var other = await shared.Admin.GetAsync($"{Portal.DevPortal}/applications/{consumer.ApplicationId}/quota?userName=other").ExpectAsync(200);
        Assert.Equal(0, (long)other["list"]![0]!["used"]!);
    }

    [Fact]
    public async Task Quota_OfAnUnlimitedPlan_IsAnEmptyList()
    {
        var (_, consumer, subscription) = await SubscribedAsync("Unlimited", "Unlimited");
        Assert.Equal(0, (int)(await shared.Admin.GetAsync($"{Portal.DevPortal}/subscriptions/{subscription}/quota").ExpectAsync(200))["count"]!);
        Assert.Equal(0, (int)(await shared.Admin.GetAsync($"{Portal.DevPortal}/applications/{consumer.ApplicationId}/quota").ExpectAsync(200))["count"]!);
    }

    [Fact]
    public async Task ResetThrottlePolicy_OfAUserWhoIsOver_LetsHimCallAgainAtOnce()
    {
        var policy = await PolicyAsync("application", 1);
        var (path, consumer, _) = await SubscribedAsync(policy, "Unlimited");
        var token = await Portal.TokenAsync(consumer);
        await shared.UntilAsync(path, token, 200);
        await shared.CallAsync(path, token).ExpectErrorAsync(429, "900803");

        await shared.Admin.PostAsync(
            $"{Portal.DevPortal}/applications/{consumer.ApplicationId}/reset-throttle-policy", new JsonObject { ["userName"] = "admin" }).ExpectAsync(200);
        await shared.UntilAsync(path, token, 200, TimeSpan.FromSeconds(2));
        await shared.CallAsync(path, token).ExpectErrorAsync(429, "900803");
        await ShowsAsync($"/applications/{consumer.ApplicationId}/quota", 1, 1);
    }

    [Fact]
    public async Task ChangePlan_Acknowledged_CountsWithin500Milliseconds()
    {
        var tight = await PolicyAsync("subscription", 1);
        var (path, consumer, id) = await SubscribedAsync("Unlimited", tight);
        var token = await Portal.TokenAsync(consumer);
        await shared.UntilAsync(path, token, 200);
        await shared.CallAsync(path, token).ExpectErrorAsync(429, "900804");
        var subscription = (await shared.Admin.GetAsync($"{Portal.DevPortal}/subscriptions/{id}").ExpectAsync(200)).AsObject();
        subscription["throttlingPolicy"] = "Unlimited";
        var changed = await shared.Admin.PutAsync($"{Portal.DevPortal}/subscriptions/{id}", subscription).ExpectAsync(200);
        Assert.Equal("Unlimited", (string)changed["throttlingPolicy"]!);
        Assert.InRange(await shared.UntilAsync(path, token, 200), TimeSpan.Zero, Soon);
    }

    // Totals travel every 100 ms, so the sum is a moment behind the calls.
    private async Task ShowsAsync(string path, long allowed, long used)
    {
        JsonNode? limit = null;
        await Wait.UntilAsync($"{path} to show {used}", TimeSpan.FromSeconds(5), async () =>
        {
            limit = (await shared.Admin.GetAsync(Portal.DevPortal + path).ExpectAsync(200))["list"]![0]!;
            return (long)limit["used"]! == used;
        });
        Assert.Equal((allowed, allowed - used), ((long)limit!["allowed"]!, (long)limit["remaining"]!));
        Assert.Equal(("requests", "hour", "quota"), ((string)limit["unit"]!, (string)limit["timeUnit"]!, (string)limit["limit"]!));
    }

    private async Task<string> PolicyAsync(string kind, int perHour)
    {
        var name = shared.NewName("Hourly");
        var policy = new JsonObject
        {
            ["policyName"] = name,
            ["defaultLimit"] = new JsonObject
            {
                ["type"] = "REQUESTCOUNTLIMIT",
                ["requestCount"] = new JsonObject { ["requestCount"] = perHour, ["timeUnit"] = "hour", ["unitTime"] = 1 },
            },
        };
        if (kind == "subscription")
        {
            policy["stopOnQuotaReach"] = true;
        }

        await shared.Admin.PostAsync($"{Portal.Admin}/throttling/policies/{kind}", policy).ExpectAsync(201);
        return name;
    }

    private async Task<(string Path, Consumer Consumer, string Subscription)> SubscribedAsync(string policy, string plan)
    {
        var name = shared.NewName("Metered");
        var api = await Portal.PublishAsync(name, shared.Backend.Url, new JsonObject { ["policies"] = new JsonArray("Unlimited", plan) });
        var consumer = await Portal.ConsumerAsync(shared.NewName("Meter"), policy);
        var subscription = await Portal.SubscribeAsync(api, consumer, plan);
        return ($"/{name.ToLowerInvariant()}/1.0.0/a", consumer, subscription);
    }
}
