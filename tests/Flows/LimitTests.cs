using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Limits as callers meet them.</summary>
[Collection(nameof(Alone))]
public sealed class LimitTests(SharedNode shared)
{
    private Portal Portal => shared.Portal;

    [Fact]
    public async Task SubscriptionPlan_Exceeded_Answers429WithRetryAfter()
    {
        var plan = await PlanAsync(Requests(3));
        var (path, token) = await SubscribedAsync(plan);
        await WindowWithRoomAsync(TimeSpan.FromSeconds(5));
        var codes = await CodesAsync(path, token, 5);
        Assert.Equal(2, codes.Count(code => code == 429));

        var refused = await shared.CallAsync(path, token);
        Assert.Equal((429, "900804"), (refused.Code, refused.ErrorCode));
        Assert.Equal("\"subscription\";q=3;w=60", refused.Header("RateLimit-Policy"));
        Assert.StartsWith("\"subscription\";r=0;t=", refused.Header("RateLimit"), StringComparison.Ordinal);
        Assert.InRange(int.Parse(refused.Header("Retry-After")!), 1, 60);
        Assert.NotNull(refused.Json["nextAccessTime"]);
    }

    [Fact]
    public async Task LimitOfAThousandPerMinute_EightClientsAtFullSpeed_AdmitsExactlyAThousand()
    {
        const int Limit = 1000;
        var plan = await PlanAsync(Requests(Limit));
        var (path, token) = await SubscribedAsync(plan);
        await WindowWithRoomAsync(TimeSpan.FromSeconds(25));
        shared.Backend.Forget();

        var admitted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            (await CodesAsync(path, token, 300)).Count(code => code == 200))));

        Assert.Equal(Limit, admitted.Sum());
        Assert.Equal(Limit, shared.Backend.Requests.Count(request => request.Target.EndsWith("/limited", StringComparison.Ordinal)));
        await shared.CallAsync(path, token).ExpectErrorAsync(429, "900804");
    }

    [Fact]
    public async Task ExactLimit_CalledByManyAtOnce_AdmitsWhatItSaysAndKeepsNobodyWaitingForLong()
    {
        const int Limit = 40;
        var plan = await PlanAsync(Requests(Limit));
        await EnforceAsync(plan, new JsonObject { ["accuracy"] = "exact" });
        var (path, token) = await SubscribedAsync(plan);
        await WindowWithRoomAsync(TimeSpan.FromSeconds(15));

        // Far more callers than the first permits are for: some are asked to come again, and by then there are more.
        var admitted = 0;
        for (var round = 0; round < 20 && admitted < Limit; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CodesAsync(path, token, 2)));
            admitted += answers.SelectMany(codes => codes).Count(code => code == 200);
        }

        Assert.Equal(Limit, admitted);
        await shared.CallAsync(path, token).ExpectErrorAsync(429, "900804");
    }

    // Of ten an hour one comes back every six minutes, from the end of the window on: an hour, or a tenth of it.
    [Theory]
    [InlineData("sliding", 3600)]
    [InlineData("token-bucket", 360)]
    public async Task LimitThatFlowsBack_Exceeded_SaysWhenOneMoreCallMayCome(string window, int counted)
    {
        var plan = await PlanAsync(Requests(10, "hour"));
        await EnforceAsync(plan, new JsonObject { ["window"] = window });
        var (path, token) = await SubscribedAsync(plan);
        await WindowWithRoomAsync(TimeSpan.FromSeconds(5));
        var begun = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Assert.Equal(10, (await CodesAsync(path, token, 11)).Count(code => code == 200));

        var refused = await shared.CallAsync(path, token);
        Assert.Equal((429, "900804"), (refused.Code, refused.ErrorCode));
        var (next, end) = (int.Parse(refused.Header("Retry-After")!), counted - (begun % counted));
        Assert.InRange(next, end + 360 - 6, end + 360 + 1);
        Assert.Equal("\"subscription\";q=10;w=3600", refused.Header("RateLimit-Policy"));
        Assert.Equal($"\"subscription\";r=0;t={next}", refused.Header("RateLimit"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PlanOfBytes_BodiesSentWithOrWithoutTheirLength_CountAlike(bool chunked)
    {
        var plan = await PlanAsync(new JsonObject
        {
            ["type"] = "BANDWIDTHLIMIT",
            ["bandwidth"] = new JsonObject { ["dataAmount"] = 2, ["dataUnit"] = "KB", ["timeUnit"] = "min", ["unitTime"] = 1 },
        });
        var (path, token) = await SubscribedAsync(plan);
        await WindowWithRoomAsync(TimeSpan.FromSeconds(5));
        List<int> codes = [];
        for (var i = 0; i < 4; i++)
        {
            codes.Add((await shared.CallAsync(path, token, HttpMethod.Post, request =>
            {
                request.Content = new ByteArrayContent(new byte[1024]);
                request.Headers.TransferEncodingChunked = chunked;
            })).Code);
        }

        Assert.Equal([200, 200, 429, 429], codes);
    }

    [Fact]
    public async Task ApplicationPolicy_Exceeded_Answers900803AndCountsNothingElsewhere()
    {
        var policy = shared.NewName("TwoPerMinute");
        await shared.Admin.PostAsync(
            $"{Portal.Admin}/throttling/policies/application",
            new JsonObject { ["policyName"] = policy, ["defaultLimit"] = Requests(2) }).ExpectAsync(201);
        var name = shared.NewName("Counted");
        var apiId = await Portal.PublishAsync(name, shared.Backend.Url);
        var consumer = await Portal.ConsumerAsync(shared.NewName("Slow"), policy);
        await Portal.SubscribeAsync(apiId, consumer);
        var path = $"/{name.ToLowerInvariant()}/1.0.0/limited";
        var token = await Portal.TokenAsync(consumer);
        await WindowWithRoomAsync(TimeSpan.FromSeconds(5));
        await shared.UntilAsync(path, token, 200);
        await shared.CallAsync(path, token).ExpectAsync(200);
        await shared.CallAsync(path, token).ExpectErrorAsync(429, "900803");
    }

    [Fact]
    public async Task OperationAndApiPolicies_Exceeded_AnswerTheirCodesAndTheApiPolicyReplacesTheOperations()
    {
        var one = await AdvancedAsync(1);
        var two = await AdvancedAsync(2);
        var listed = await shared.Admin.GetAsync($"{Portal.Admin}/throttling/policies/advanced?limit=200").ExpectAsync(200);
        Assert.Contains(listed["list"]!.AsArray(), policy => (string)policy!["policyName"]! == two);
        var name = shared.NewName("Tight");
        var operations = new JsonArray(new JsonObject { ["verb"] = "GET", ["target"] = "/limited", ["throttlingPolicy"] = one });
        var apiId = await Portal.PublishAsync(name, shared.Backend.Url, new JsonObject { ["operations"] = operations });
        var consumer = await Portal.ConsumerAsync(shared.NewName("Tester"));
        await Portal.SubscribeAsync(apiId, consumer);
        var path = $"/{name.ToLowerInvariant()}/1.0.0/limited";
        var token = await Portal.TokenAsync(consumer);
        await WindowWithRoomAsync(TimeSpan.FromSeconds(8));
        await shared.UntilAsync(path, token, 200);
        await shared.CallAsync(path, token).ExpectErrorAsync(429, "900802");

        var api = (await shared.Admin.GetAsync($"{Portal.Publisher}/apis/{apiId}").ExpectAsync(200)).AsObject();
        api["apiThrottlingPolicy"] = two;
        await shared.Admin.PutAsync($"{Portal.Publisher}/apis/{apiId}", api).ExpectAsync(200);
        await Portal.DeployAsync(apiId);
        await shared.UntilAsync(path, token, 200);
        await shared.CallAsync(path, token).ExpectAsync(200);
        await shared.CallAsync(path, token).ExpectErrorAsync(429, "900800");
    }

    [Fact]
    public async Task ChangedPlan_Saved_CountsAtOnce()
    {
        var plan = await PlanAsync(Requests(1, "day"));
        var (path, token) = await SubscribedAsync(plan);
        await CodesAsync(path, token, 2);
        await shared.CallAsync(path, token).ExpectErrorAsync(429, "900804");
        var policies = (await shared.Admin.GetAsync($"{Portal.Admin}/throttling/policies/subscription?limit=200").ExpectAsync(200))["list"]!.AsArray();
        var stored = policies.Single(policy => (string)policy!["policyName"]! == plan)!.AsObject();
        stored["defaultLimit"] = Requests(1000);
        await shared.Admin.PutAsync($"{Portal.Admin}/throttling/policies/subscription/{(string)stored["policyId"]!}", stored).ExpectAsync(200);
        await shared.UntilAsync(path, token, 200);
    }

    [Fact]
    public async Task OperationWithoutSecurity_CalledWithoutToken_IsServedAndCountedPerAddress()
    {
        var name = shared.NewName("Open");
        var operations = new JsonArray(new JsonObject { ["verb"] = "GET", ["target"] = "/free", ["authType"] = "None" });
        await Portal.PublishAsync(name, shared.Backend.Url, new JsonObject { ["operations"] = operations });
        var path = $"/{name.ToLowerInvariant()}/1.0.0/free";
        await shared.UntilAsync(path, null, 200);
        await WindowWithRoomAsync(TimeSpan.FromSeconds(15));
        var codes = await CodesAsync(path, null, 510);
        Assert.InRange(codes.Count(code => code == 200), 498, 500);
    }

    private async Task<string> PlanAsync(JsonObject limit)
    {
        var name = shared.NewName("Plan");
        await shared.Admin.PostAsync(
            $"{Portal.Admin}/throttling/policies/subscription",
            new JsonObject
            {
                ["policyName"] = name,
                ["defaultLimit"] = limit,
                ["stopOnQuotaReach"] = true,
            }).ExpectAsync(201);
        return name;
    }

    private async Task EnforceAsync(string plan, JsonObject enforcement)
    {
        var policies = (await shared.Admin.GetAsync($"{Portal.Admin}/throttling/policies/subscription?limit=1000").ExpectAsync(200))["list"]!.AsArray();
        var id = (string)policies.Single(policy => (string)policy!["policyName"]! == plan)!["policyId"]!;
        await shared.Admin.PutAsync($"{Portal.Admin}/throttling/policies/subscription/{id}/enforcement", enforcement).ExpectAsync(200);
    }

    private async Task<string> AdvancedAsync(int perMinute)
    {
        var name = shared.NewName("Advanced");
        await shared.Admin.PostAsync(
            $"{Portal.Admin}/throttling/policies/advanced",
            new JsonObject { ["policyName"] = name, ["defaultLimit"] = Requests(perMinute) }).ExpectAsync(201);
        return name;
    }

    // Published and subscribed under the plan; the gateway has learned of it without a call that would be counted.
    private async Task<(string Path, string Token)> SubscribedAsync(string plan)
    {
        var name = shared.NewName("Limited");
        var apiId = await Portal.PublishAsync(name, shared.Backend.Url, new JsonObject { ["policies"] = new JsonArray(plan) });
        var consumer = await Portal.ConsumerAsync(shared.NewName("Caller"));
        var subscription = await Portal.SubscribeAsync(apiId, consumer, plan);
        await Wait.UntilAsync("the gateway to know the subscription", TimeSpan.FromSeconds(5), async () =>
            (await shared.Admin.GetAsync("/api/am/gateway/v2/state")).Body.Contains(subscription, StringComparison.Ordinal));
        return ($"/{name.ToLowerInvariant()}/1.0.0/limited", await Portal.TokenAsync(consumer));
    }

    private async Task<IReadOnlyList<int>> CodesAsync(string path, string? token, int count)
    {
        List<int> codes = [];
        for (var i = 0; i < count; i++)
        {
            codes.Add((await shared.CallAsync(path, token)).Code);
        }

        return codes;
    }

    // Windows are aligned to the minute: a test that counts calls must not straddle two of them. Where nothing but these tests runs, a third of
    // the room is plenty, and nobody waits for more.
    private static Task<TimeSpan> WindowWithRoomAsync(TimeSpan room) => Wait.UntilAsync(
        "a window with room", TimeSpan.FromSeconds(61),
        () => Task.FromResult(DateTime.UtcNow.Second + (room.TotalSeconds / (Tier.IsAll ? 1 : 3)) < 60));

    private static JsonObject Requests(int limit, string unit = "min") => new()
    {
        ["type"] = "REQUESTCOUNTLIMIT",
        ["requestCount"] = new JsonObject { ["requestCount"] = limit, ["timeUnit"] = unit, ["unitTime"] = 1 },
    };
}
