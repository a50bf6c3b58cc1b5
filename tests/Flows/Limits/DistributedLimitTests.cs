using Tollgate.Databases;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Limits;

/// <summary>One limit over several gateways, through a real broker.</summary>
public sealed class DistributedLimitTests : IAsyncLifetime
{
    private const int Limit = 200;
    private const int WindowSeconds = 20;

    private readonly Broker _broker = Broker.Own();
    private LimitCluster? _cluster;

    public async ValueTask InitializeAsync()
    {
        if (Tier.IsAll && (Broker.IsInstalled || Environment.GetEnvironmentVariable("TOLLGATE_CI") is { Length: > 0 }))
        {
            _cluster = await LimitCluster.StartAsync(gateways: 2, [_broker.Address], Limit, WindowSeconds);
        }
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Limit_OfTwoGatewaysAndATrafficManager_HoldsForBothTogether()
    {
        Assert.SkipWhen(_cluster is null, "RabbitMQ is not installed here");
        var admitted = 0;
        var window = await NewWindowAsync();
        for (var refused = 0; refused < 50 && Window() == window;)
        {
            foreach (var gateway in _cluster.Gateways)
            {
                var status = await _cluster.CallAsync(gateway);
                admitted += status == 200 ? 1 : 0;
                refused += status == 429 ? 1 : 0;
            }
        }

        Assert.Equal(window, Window());
        Assert.InRange(admitted, Limit * 98 / 100, Limit * 102 / 100);
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
