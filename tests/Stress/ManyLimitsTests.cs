using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress;

/// <summary>Limits of every kind over one another, under as many callers as the machine bears: each holds exactly.</summary>
public sealed class ManyLimitsTests(SharedNode shared)
{
    private const int PerOperation = 500;
    private const int PerPlan = 400;
    private const int PerApplication = 300;

    private Portal Portal => shared.Portal;

    [Fact]
    public async Task Limits_OfOperationPlanAndApplication_UnderLoad_EachHoldsExactly()
    {
        var tight = await PolicyAsync("advanced", PerOperation);
        var plan = await PolicyAsync("subscription", PerPlan);
        var slow = await PolicyAsync("application", PerApplication);
        var name = shared.NewName("Layered");
        var api = await Portal.PublishAsync(name, shared.Backend.Url, new JsonObject
        {
            ["policies"] = new JsonArray(plan),
            ["operations"] = new JsonArray(
                new JsonObject { ["verb"] = "GET", ["target"] = "/tight", ["throttlingPolicy"] = tight },
                new JsonObject { ["verb"] = "GET", ["target"] = "/wide" }),
        });
        List<(string Policy, string Token)> applications = [];
        foreach (var policy in (string[])[slow, slow, "Unlimited", "Unlimited"])
        {
            var consumer = await Portal.ConsumerAsync(shared.NewName("App"), policy);
            var subscription = await Portal.SubscribeAsync(api, consumer, plan);
            applications.Add((policy, await Portal.TokenAsync(consumer)));
            await Wait.UntilAsync("the gateway to know the subscription", TimeSpan.FromSeconds(5), async () =>
                (await shared.Admin.GetAsync("/api/am/gateway/v2/state")).Body.Contains(subscription, StringComparison.Ordinal));
        }

        await Wait.UntilAsync("a new window", TimeSpan.FromSeconds(61), () => Task.FromResult(DateTime.UtcNow.Second < 2));
        var admitted = await LoadAsync("/" + name.ToLowerInvariant() + "/1.0.0", [.. applications.Select(application => application.Token)]);

        Assert.Equal(PerOperation, admitted.Values.Sum(count => count.Tight));
        foreach (var (policy, token) in applications)
        {
            Assert.Equal(policy == slow ? PerApplication : PerPlan, admitted[token].Tight + admitted[token].Wide);
        }
    }

    // Everybody asks for more than anything allows. First the operation's limit, which all share, is used up; then each one's own.
    private async Task<ConcurrentDictionary<string, (int Tight, int Wide)>> LoadAsync(string path, IReadOnlyList<string> tokens)
    {
        var admitted = new ConcurrentDictionary<string, (int Tight, int Wide)>();
        foreach (var operation in (string[])["/tight", "/wide"])
        {
            await Task.WhenAll(tokens.SelectMany(token => Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                for (var i = 0; i < 160; i++)
                {
                    if ((await shared.CallAsync(path + operation, token)).Code == 200)
                    {
                        admitted.AddOrUpdate(
                            token, _ => operation == "/tight" ? (1, 0) : (0, 1),
                            (_, known) => operation == "/tight" ? (known.Tight + 1, known.Wide) : (known.Tight, known.Wide + 1));
                    }
                }
            }))));
        }

        return admitted;
    }

    private async Task<string> PolicyAsync(string kind, int perMinute)
    {
        var name = shared.NewName("Limit");
        await shared.Admin.PostAsync(
            $"{Portal.Admin}/throttling/policies/{kind}",
            new JsonObject
            {
                ["policyName"] = name,
                ["defaultLimit"] = new JsonObject
                {
                    ["type"] = "REQUESTCOUNTLIMIT",
                    ["requestCount"] = new JsonObject { ["requestCount"] = perMinute, ["timeUnit"] = "min", ["unitTime"] = 1 },
                },
            }).ExpectAsync(201);
        return name;
    }
}
