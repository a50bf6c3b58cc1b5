using Tollgate.Databases;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Limits;

/// <summary>One of two gateways is cut off from the broker for a while: the way there is silent, and nobody is told.</summary>
public sealed class CutOffTests : IDisposable
{
    private const int Limit = 200;
    private const int WindowSeconds = 40;

    // Whatever was counted is known everywhere by then.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    private readonly Broker _broker = Broker.Own();
    private int _admitted;

    [Fact]
    public async Task GatewayCutOffFromTheBroker_KeepsToItsLocalShareAndSaysSo_AndCountsConvergeAfterwards()
    {
        Assert.SkipUnless(Broker.IsInstalled, "RabbitMQ is not installed here");
        await using var cluster = await LimitCluster.StartAsync(gateways: 1, [_broker.Address], [new SharedLimit(Limit, WindowSeconds)]);
        await using var way = new BrokerProxy(_broker.Address);
        var near = cluster.Gateways[0];
        var far = await cluster.AddGatewayAsync(way.Address);
        await Wait.UntilAsync("the API at the far gateway", TimeSpan.FromSeconds(15), async () => await cluster.AskAsync(far) is (200, null));
        var window = Window() + 1;
        await Wait.UntilAsync("a window", TimeSpan.FromSeconds(WindowSeconds + 1), () => Task.FromResult(Window() == window));
        await ShareAsync(cluster, 20);
        await Task.Delay(Settled);

        var (before, left) = (_admitted, Limit - _admitted);
        way.Cut();
        var fell = await Wait.UntilAsync("the far gateway falls to its share", TimeSpan.FromSeconds(5), () => IsCutOffAsync(cluster, far));
        while (await CountAsync(cluster, far))
        {
            // All of its share.
        }

        var share = _admitted - before;
        for (var call = 0; call < 20; call++)
        {
            Assert.True(await CountAsync(cluster, near));
        }

        way.Heal();
        var healed = await Wait.UntilAsync("the far gateway hears again", TimeSpan.FromSeconds(10), async () => !await IsCutOffAsync(cluster, far));
        await Task.Delay(Settled);
        await ShareAsync(cluster, Limit);

        Accuracy.Say(
            $"cut off after {fell.TotalSeconds:F1} s, let through {share} of {left} then; hears again after {healed.TotalSeconds:F1} s; "
            + $"both together let through {_admitted} of {Limit}");
        Assert.Equal(window, Window());
        Assert.InRange(fell, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(share, (left / 2) - 3, left / 2);
        Assert.InRange(_admitted, Limit * 0.98, Limit * 1.02);
    }

    public void Dispose() => _broker.Dispose();

    private static long Window() => DateTimeOffset.UtcNow.ToUnixTimeSeconds() / WindowSeconds;

    // Calls of both, at a rate of which two in a hundred may be on their way.
    private async Task ShareAsync(LimitCluster cluster, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            foreach (var gateway in cluster.Gateways)
            {
                await CountAsync(cluster, gateway);
            }

            await Task.Delay(20);
        }
    }

    private async Task<bool> CountAsync(LimitCluster cluster, TestNode gateway)
    {
        var (status, _) = await cluster.AskAsync(gateway);
        Assert.True(status is 200 or 429, $"{status}");
        _admitted += status == 200 ? 1 : 0;
        return status == 200;
    }

    private async Task<bool> IsCutOffAsync(LimitCluster cluster, TestNode gateway)
    {
        var (status, outage) = await cluster.AskAsync(gateway);
        _admitted += status == 200 ? 1 : 0;
        await Task.Delay(50);
        return outage == "local-share";
    }
}
