using Tollgate.Databases;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Limits;

/// <summary>A limit that would be reached at four fifths of its window, while something breaks in its middle.</summary>
public sealed class LimitFaultTests : IAsyncLifetime
{
    private const int WindowSeconds = 40;
    private const int Limit = 2_400;
    private const double PerSecond = Limit / (WindowSeconds * 0.8);

    // How often each fault happens: fewer for a short run.
    private static readonly int Times =
        int.TryParse(Environment.GetEnvironmentVariable("TOLLGATE_FAULTS"), out var times) ? times : 20;

    private readonly Broker _broker = Broker.Own();
    private LimitCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Broker.IsInstalled, "RabbitMQ is not installed here");
        _cluster = await LimitCluster.StartAsync(gateways: 3, [_broker.Address, _broker.Address], Limit, WindowSeconds);
    }

    [Fact]
    public Task KillOfTheTrafficManager_InTheMiddle_LeavesTheLimitAsItIs() => RepeatAsync(extra: 0, async () =>
    {
        var active = await ActiveAsync();
        await active.KillAsync();
        return active.StartAsync;
    });

    [Fact]
    public Task FreezeOfTheTrafficManager_ForThirtySeconds_LeavesTheLimitAsItIs() => RepeatAsync(extra: 0, async () =>
    {
        var active = await ActiveAsync();
        active.Freeze();
        return async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(10));
            active.Thaw();
        };
    });

    [Fact]
    public Task RestartOfTheBroker_InTheMiddle_LeavesTheLimitAsItIs() => RepeatAsync(extra: 0, () =>
    {
        var restarting = Task.Run(_broker.Restart);
        return Task.FromResult(() => restarting);
    });

    [Fact]
    public Task KillOfAGateway_InTheMiddle_CostsNoMoreThanATenthOfASecondOfItsOwn() => RepeatAsync(extra: PerSecond * 0.1 * 0.1, async () =>
    {
        await _cluster.Gateways[2].KillAsync();
        return _cluster.Gateways[2].StartAsync;
    });

    public async ValueTask DisposeAsync()
    {
        await (_cluster?.DisposeAsync() ?? default);
        _broker.Dispose();
    }

    /// <param name="extra">Calls that may be over besides 3 %.</param>
    /// <param name="fault">Breaks something, and answers how to mend it after the window.</param>
    private async Task RepeatAsync(double extra, Func<Task<Func<Task>>> fault)
    {
        await using var load = new Accuracy(_cluster, WindowSeconds, PerSecond * 0.7, PerSecond * 0.2, PerSecond * 0.1);
        await load.UntilAsync(load.Window + 1, 0);
        List<long> admitted = [];
        for (var time = 0; time < Times; time++)
        {
            var window = load.Window + 1;
            await load.UntilAsync(window, 0.4);
            var mend = await fault();
            await load.UntilAsync(window, 1.01);
            admitted.Add(load.AdmittedIn(window));
            await mend();
        }

        Accuracy.Say($"let through: {string.Join(", ", admitted)}; slower than 0.5 s: {load.Slow}; {string.Join("; ", load.Failures.Distinct().Take(5))}");
        Assert.All(admitted, count => Assert.InRange(count, 0, (Limit * 1.03) + extra));
        Assert.Equal(0, load.Slow);
    }

    /// <summary>The traffic manager that gets the messages at the moment.</summary>
    private async Task<TestNode> ActiveAsync()
    {
        var before = await CountsAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
        var after = await CountsAsync();
        return _cluster.Managers[after[0] - before[0] >= after[1] - before[1] ? 0 : 1];
    }

    private async Task<double[]> CountsAsync() =>
        await Task.WhenAll(_cluster.Managers.Select(manager => LimitCluster.MetricAsync(manager, "tollgate_broker_messages_received_total")));
}
