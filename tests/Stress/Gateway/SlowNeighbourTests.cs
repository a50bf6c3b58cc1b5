using System.Diagnostics;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Gateway;

/// <summary>Calls that have to wait for the key manager hold up nobody else.</summary>
public sealed class SlowNeighbourTests
{
    private const int Rounds = 7;
    private const int Waiting = 10;
    private const double Most = 1.2;

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task OpaqueTokens_WhoseQuestionStalls_DoNotMoveTheOthersLatency()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "stops a process by a signal");
        await using var running = await RunningGateway.StartAsync();
        var api = await running.PublishAsync("Neighbour");
        var tokens = await OpaqueTokensAsync(running, api);
        using var http = running.Node.CreateClient();
        var load = new SteadyLoad(running.Node.GatewayHttpUrl, "/neighbour/1.0.0/x", running.Token, 100_000).Start(2);
        await Task.Delay(Stall);

        // Alternating, so that whatever else the machine does falls on both.
        List<double> alone = [], beside = [];
        for (var round = 0; round < Rounds; round++)
        {
            await Task.Delay(Stall / 4);
            load.TakeLatencies();
            await Task.Delay(Stall);
            alone.Add(P99(load));

            running.Control.Freeze();
            var waiting = tokens.Skip(round * Waiting).Take(Waiting).Select(token => CallAsync(http, running, token)).ToList();
            load.TakeLatencies();
            await Task.Delay(Stall);
            beside.Add(P99(load));
            Assert.All(waiting, call => Assert.False(call.IsCompleted, "a call did not wait for the key manager"));
            running.Control.Thaw();
            Assert.All(await Task.WhenAll(waiting), status => Assert.Equal(200, status));
        }

        await load.StopAsync();
        Assert.Empty(load.Failures);
        alone.Sort();
        beside.Sort();
        var (before, during) = (alone[Rounds / 2], beside[Rounds / 2]);
        TestContext.Current.TestOutputHelper?.WriteLine($"p99 {before:F0} us alone, {during:F0} us beside {Waiting} waiting calls; {load.Answered} calls");
        Assert.True(during <= before * Most, $"p99 went from {before:F0} to {during:F0} us");
    }

    private static async Task<List<string>> OpaqueTokensAsync(RunningGateway running, string api)
    {
        var consumer = await running.Portal.ConsumerAsync("Waiting", tokenType: "OAUTH");
        await running.Portal.SubscribeAsync(api, consumer);
        List<string> tokens = [];
        for (var i = 0; i <= Rounds * Waiting; i++)
        {
            tokens.Add(await running.Portal.TokenAsync(consumer));
        }

        // The last one tells when the gateway has learned of all this.
        using var http = running.Node.CreateClient();
        await Wait.UntilAsync("the subscription", TimeSpan.FromSeconds(15), async () => await CallAsync(http, running, tokens[^1]) == 200);
        return tokens;
    }

    private static async Task<int> CallAsync(HttpClient http, RunningGateway running, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, running.Node.GatewayUrl + "/neighbour/1.0.0/x");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static double P99(SteadyLoad load)
    {
        var latencies = load.TakeLatencies();
        return latencies[latencies.Count * 99 / 100] * 1e6 / Stopwatch.Frequency;
    }
}
