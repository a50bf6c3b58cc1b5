using Tollgate.Databases;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Limits;

/// <summary>One of two gateways is cut off from the broker for a while: the way there is silent, and nobody is told.</summary>
public sealed class CutOffTests : IDisposable
{
    private const int Limit = 200;
    private const int WindowSeconds = 40;

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
        for (var call = 0; call < 20; call++)
        {
            await CountAsync(cluster, near);
            await CountAsync(cluster, far);
            await Task.Delay(20);
        }

        await Wait.UntilAsync("all is counted", TimeSpan.FromSeconds(3), async () => await TotalAsync(cluster) == _admitted);

        var (before, left) = (_admitted, Limit - _admitted);
        way.Cut();
        var fell = await Wait.UntilAsync("the far gateway falls to its share", TimeSpan.FromSeconds(5), () => IsCutOffAsync(cluster, far));
        while (await CountAsync(cluster, far))
        {
        }

        var share = _admitted - before;
        await Wait.UntilAsync("its part is kept free", TimeSpan.FromSeconds(5), async () => await FieldAsync(cluster, "reserved") > 0);
        while (await CountAsync(cluster, near))
        {
            await Task.Delay(10);
        }

        var all = _admitted;
        way.Heal();
        var healed = await Wait.UntilAsync("the far gateway hears again", TimeSpan.FromSeconds(10), async () => !await IsCutOffAsync(cluster, far));
        var converged = await Wait.UntilAsync("all is counted", TimeSpan.FromSeconds(3), async () => await TotalAsync(cluster) == _admitted);

        Accuracy.Say(
            $"cut off after {fell.TotalSeconds:F1} s, let through {share} of {left} then, all together {all} of {Limit}; "
            + $"hears again after {healed.TotalSeconds:F1} s, counts agree {converged.TotalSeconds:F1} s later");
        Assert.Equal(window, Window());
        Assert.InRange(fell, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(share, (left / 2) - 3, left / 2);
        Assert.InRange(all, Limit * 0.95, Limit * 1.02);
        Assert.False(await CountAsync(cluster, near));
        Assert.False(await CountAsync(cluster, far));
    }

    public void Dispose() => _broker.Dispose();

    private static long Window() => DateTimeOffset.UtcNow.ToUnixTimeSeconds() / WindowSeconds;

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

    private static Task<long> TotalAsync(LimitCluster cluster) => FieldAsync(cluster, "total");

    // As administrators see it.
    private static async Task<long> FieldAsync(LimitCluster cluster, string field)
    {
        var manager = cluster.Managers[0];
        using var http = manager.CreateClient();
        var counters = await Caller.Basic(http, manager.ManagementUrl, "admin", TestHome.AdminPassword)
            .GetAsync($"{Portal.Admin}/throttling/counters?key={LimitCluster.PlanOf(0)}").ExpectAsync(200);
        return counters["list"]!.AsArray().Sum(counter => (long)counter![field]!);
    }
}
