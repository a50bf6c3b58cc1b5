using System.Diagnostics;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Operations;

/// <summary>Who counted what, as operators see it.</summary>
public sealed class CounterTests(SharedNode shared)
{
    private const string Counters = $"{Portal.Admin}/throttling/counters";

    private Portal Portal => shared.Portal;

    [Fact]
    public async Task Counters_AfterThreeCalls_ShowWhichGatewayCountedThem()
    {
        var application = await CalledAsync(3);
        JsonNode? counter = null;
        await Wait.UntilAsync("the sum", TimeSpan.FromSeconds(5), async () =>
        {
            var list = (await shared.Admin.GetAsync($"{Counters}?key={application}").ExpectAsync(200))["list"]!.AsArray();
            counter = list.Count == 1 ? list[0] : null;
            return counter is not null && (long)counter["total"]! == 3;
        });
        Assert.Equal(1000, (long)counter!["limit"]!);
        Assert.Equal(3, (long)counter["gateways"]!.AsArray().Single()!["total"]!);

        var page = await shared.Admin.GetAsync($"{Counters}?limit=1").ExpectAsync(200);
        Assert.Equal(1, (int)page["count"]!);
        Assert.InRange((int)page["pagination"]!["total"]!, 1, int.MaxValue);
    }

    [Fact]
    public async Task LimitsWatch_PrintedOnce_ShowsTheCounter()
    {
        var application = await CalledAsync(1);
        var start = new ProcessStartInfo(TestNode.ProgramPath)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TOLLGATE_PASSWORD"] = TestHome.AdminPassword },
        };
        string[] arguments =
        [
            "limits", "watch", "--url", shared.Node.ManagementUrl, "--certificate", shared.CertificateFile, "--key", application, "--times", "1",
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);

        using var program = Process.Start(start)!;
        var output = await program.StandardOutput.ReadToEndAsync();
        var errors = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.Equal((0, ""), (program.ExitCode, errors));
        Assert.Contains($"  {application}:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LimitsWatch_WithoutAPassword_SaysWhatIsMissing()
    {
        var (code, _, errors) = await Programs.RunAsync(TestNode.ProgramPath, "limits", "watch", "--times", "1");
        Assert.Equal(1, code);
        Assert.Contains("TOLLGATE_PASSWORD", errors, StringComparison.Ordinal);
    }

    // The id of an application with a policy, whose keys begin with it.
    private async Task<string> CalledAsync(int calls)
    {
        var policy = shared.NewName("Counting");
        await shared.Admin.PostAsync($"{Portal.Admin}/throttling/policies/application", new JsonObject
        {
            ["policyName"] = policy,
            ["defaultLimit"] = new JsonObject
            {
                ["type"] = "REQUESTCOUNTLIMIT",
                ["requestCount"] = new JsonObject { ["requestCount"] = 1000, ["timeUnit"] = "day", ["unitTime"] = 1 },
            },
        }).ExpectAsync(201);
        var name = shared.NewName("Counted");
        var api = await Portal.PublishAsync(name, shared.Backend.Url);
        var consumer = await Portal.ConsumerAsync(shared.NewName("CountedApp"), policy);
        await Portal.SubscribeAsync(api, consumer);
        var path = $"/{name.ToLowerInvariant()}/1.0.0/counted";
        var token = await Portal.TokenAsync(consumer);
        await shared.UntilAsync(path, token, 200);
        for (var i = 1; i < calls; i++)
        {
            await shared.CallAsync(path, token).ExpectAsync(200);
        }

        return consumer.ApplicationId;
    }
}
