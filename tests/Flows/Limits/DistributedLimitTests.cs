using System.Diagnostics;
using Tollgate.Databases;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Limits;

/// <summary>One limit over several gateways, through a real broker.</summary>
public sealed class DistributedLimitTests : IAsyncLifetime
{
    private const int Limit = 200;
    private const int WindowSeconds = 20;

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    // What comes while news is on its way may be over (docs/limits.md): two calls a turn are less than two in a hundred of the limit in that time.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20);

    private readonly Broker _broker = Broker.Own();
    private LimitCluster? _cluster;

    public async ValueTask InitializeAsync()
    {
        if (Tier.IsAll && (Broker.IsInstalled || Environment.GetEnvironmentVariable("TOLLGATE_CI") is { Length: > 0 }))
        {
            _cluster = await LimitCluster.StartAsync(gateways: 2, [_broker.Address], [new SharedLimit(Limit, WindowSeconds)]);
        }
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Limit_OfTwoGatewaysAndATrafficManager_HoldsForBothTogether()
    {
        Assert.SkipWhen(_cluster is null, "RabbitMQ is not installed here");
        var admitted = 0;
        var window = await NewWindowAsync();
        // Close to the limit a gateway refuses until it has heard how much of its part is left: what is over is over when that takes no more.
        for (var last = Stopwatch.StartNew(); last.Elapsed < Settled && Window() == window;)
        {
            foreach (var gateway in _cluster.Gateways)
            {
                if (await _cluster.CallAsync(gateway) == 200)
                {
                    admitted++;
                    last.Restart();
                }
            }

            await Task.Delay(Turn);
        }

        Assert.Equal(window, Window());
        Assert.InRange(admitted, Limit * 98 / 100, Limit * 102 / 100);
        await Wait.UntilAsync("the sum at the control plane", TimeSpan.FromSeconds(3), async () =>
            await _cluster.CountersAsync(LimitCluster.PlanOf(0)) is [{ } counter]
                && (long)counter["total"]! == admitted && counter["gateways"]!.AsArray().Sum(share => (long)share!["total"]!) == admitted
                && counter["gateways"]!.AsArray().Count == 2);
        Assert.Equal(429, await _cluster.CallAsync(_cluster.Gateways[0]));
        Assert.Equal(429, await _cluster.CallAsync(_cluster.Gateways[1]));
        foreach (var node in _cluster.Gateways.Concat(_cluster.Managers))
        {
            Assert.Equal(1, await LimitCluster.MetricAsync(node, "tollgate_broker_connected"));
            Assert.Equal(0, await LimitCluster.MetricAsync(node, "tollgate_broker_messages_quarantined_total"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_cluster?.DisposeAsync() ?? default);
        _broker.Dispose();
    }

    private static long Window() => DateTimeOffset.UtcNow.ToUnixTimeSeconds() / WindowSeconds;

    private static async Task<long> NewWindowAsync()
    {
        var before = Window();
        await Wait.UntilAsync("a new window", TimeSpan.FromSeconds(WindowSeconds + 1), () => Task.FromResult(Window() > before));
        return before + 1;
    }
}
