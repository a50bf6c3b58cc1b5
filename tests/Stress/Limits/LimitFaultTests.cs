using System.Diagnostics;
using System.Text.Json.Nodes;
using Tollgate.Databases;
using Tollgate.Flows.Harness;
using Tollgate.Model.Events;

namespace Tollgate.Stress.Limits;

/// <summary>Limits that would be reached at four fifths of their window, one estimated and one exact, while something breaks.</summary>
public sealed class LimitFaultTests : IAsyncLifetime
{
    private const double PerSecond = 200;
    private const double ReachedAt = 0.8;
    private const double FaultAt = 0.3;
    private const double Share = 0.2;
    private const int LostGateway = 1;

    // Long enough for counters to go on before the limit is reached.
    private const int WindowOfManagers = 15;
    private const int WindowOfBroker = 40;

    // One request in a hundred is slower than this part, with and without a fault; two cores run all of it, so that the last one in a thousand tells
    // of the machine.
    private const double Most = 0.99;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(30);
    private static readonly int Times = Repeats.Of("TOLLGATE_FAULTS", 3);

    private readonly Broker _broker = Broker.Own();
    private TestDatabase? _shared;
    private LimitCluster _cluster = null!;

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Broker.IsInstalled, "RabbitMQ is not installed here");
        var server = DatabaseServer.Find(DatabaseServer.PostgreSql);
        Assert.SkipWhen(server is null, "There is no database server for permits");
        _shared = TestDatabase.Create(server);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public Task KillOfTheTrafficManager_InTheMiddle_LeavesTheLimitAsItIs() => RepeatAsync(WindowOfManagers, TimeSpan.FromSeconds(5), null, async active =>
    {
        await active.KillAsync();
        return new Broken(active, active.StartAsync);
    });

    [Fact]
    public Task FreezeOfTheTrafficManager_ForThirtySeconds_LeavesTheLimitAsItIs() =>
        RepeatAsync(WindowOfManagers, TimeSpan.FromSeconds(5), null, active =>
        {
            active.Freeze();
            var since = Stopwatch.StartNew();
            return Task.FromResult(new Broken(active, async () =>
            {
                await Task.Delay(Frozen > since.Elapsed ? Frozen - since.Elapsed : TimeSpan.Zero);
                active.Thaw();
            }));
        });

    [Fact]
    public Task RestartOfTheBroker_InTheMiddle_LeavesTheLimitAsItIs() => RepeatAsync(WindowOfBroker, TimeSpan.FromSeconds(5), null, async _ =>
    {
        await Task.Run(_broker.Crash);
        var since = Stopwatch.StartNew();
        var restarting = Task.Run(() =>
        {
            _broker.Restart();
            return since.Elapsed;
        });
        return new Broken(null, () => restarting, restarting);
    });

    [Fact]
    public Task KillOfAGateway_InTheMiddle_CostsNoMoreThanATenthOfASecondOfItsOwn() =>
        RepeatAsync(WindowOfBroker, TimeSpan.FromSeconds(5), LostGateway, async _ =>
        {
            await _cluster.Gateways[LostGateway].KillAsync();
            return new Broken(_cluster.Gateways[LostGateway], _cluster.Gateways[LostGateway].StartAsync);
        });

    public async ValueTask DisposeAsync()
    {
        await (_cluster?.DisposeAsync() ?? default);
        _shared?.Dispose();
        _broker.Dispose();
    }

    /// <param name="windowSeconds">Length of windows.</param>
    /// <param name="goesOn">Counters go on within this time.</param>
    /// <param name="lost">The gateway that is lost, and with it what it let through in a tenth of a second; null for none.</param>
    /// <param name="fault">Breaks the traffic manager that counts, or something else.</param>
    private async Task RepeatAsync(int windowSeconds, TimeSpan goesOn, int? lost, Func<TestNode, Task<Broken>> fault)
    {
        var limit = (int)(PerSecond * windowSeconds * ReachedAt);
        _cluster = await LimitCluster.StartAsync(
            gateways: 3, [_broker.Address, _broker.Address],
            [new SharedLimit(limit, windowSeconds), new SharedLimit(limit, windowSeconds, new JsonObject { ["accuracy"] = "exact" })], _shared);
        await using var estimated = new MeasuredLimit(_cluster, 0, windowSeconds, PerSecond * 0.7, PerSecond * Share, PerSecond * 0.1);
        await using var exact = new MeasuredLimit(_cluster, 1, windowSeconds, PerSecond * 0.7, PerSecond * Share, PerSecond * 0.1);
        MeasuredLimit[] both = [estimated, exact];
        var first = estimated.Load.Window + 2;
        List<double> pauses = [];
        List<double> absences = [];
        List<long> faulty = [];
        for (var time = 0; time < Times; time++)
        {
            var window = estimated.Load.Window + 2;
            await estimated.Load.UntilAsync(window - 1, 0);
            Array.ForEach(both, one => one.NoteCalm());
            var active = await ActiveAsync();
            await estimated.Load.UntilAsync(window, FaultAt);
            Array.ForEach(both, one => one.NoteFault());
            var since = Stopwatch.StartNew();
            var broken = await fault(active);
            await GoesOnAsync(broken.Away);
            // A broker that starts takes its time, which is not ours.
            var away = broken.Back is { } back ? (await back).TotalSeconds : 0;
            pauses.Add(since.Elapsed.TotalSeconds - away);
            absences.Add(away);
            await estimated.Load.UntilAsync(window, 1.01);
            Array.ForEach(both, one => one.NoteNothing());
            faulty.Add(window);
            await broken.Mend();
        }

        var last = estimated.Load.Window;
        await estimated.Load.UntilAsync(last, 1.05);
        Accuracy.Say($"Limit {limit}. Counters went on after {Seconds(pauses)}; besides, the broker was away for {Seconds(absences)}");
        Array.ForEach(both, one => one.Report(first, last, faulty));

        var extra = lost is null ? 0 : PerSecond * Share * 0.1;
        Assert.All(pauses, pause => Assert.InRange(pause, 0, goesOn.TotalSeconds));
        Assert.All(estimated.Admitted(first, last), count => Assert.InRange(count, limit * 0.97, (limit * 1.03) + extra));
        Assert.All(exact.Admitted(first, last), count => Assert.InRange(count, 0, limit));
        Assert.All(both, one => Assert.Empty(one.Failures(except: lost)));
        Assert.InRange(estimated.WithFault.At(Most), 0, estimated.Without.At(Most) + 10);
        // Permits are waited for, before a call is refused until they come.
        Assert.InRange(exact.WithFault.At(Most), 0, exact.Without.At(Most) + 60);
    }

    /// <summary>Waits until a traffic manager has new totals from gateways, and all gateways have news from it.</summary>
    private async Task GoesOnAsync(TestNode? away)
    {
        var managers = _cluster.Managers.Where(node => node != away).ToList();
        var gateways = _cluster.Gateways.Where(node => node != away).ToList();
        var (totals, news) = (await ReceivedAsync(managers), await ReceivedAsync(gateways));
        await Wait.UntilAsync("counters go on", Patience, async () =>
        {
            // Seldom: asking costs as much as many calls.
            await Task.Delay(Pause);
            return More(await ReceivedAsync(managers), totals).Any(more => more) && More(await ReceivedAsync(gateways), news).All(more => more);
        });
    }

    // As many messages as partitions: what was under way when it broke is fewer.
    private static IEnumerable<bool> More(double[] now, double[] before) => now.Zip(before, (count, then) => count - then >= Partition.Count);

    private static string Seconds(List<double> times) => string.Join(", ", times.Select(time => $"{time:F1} s"));

    /// <summary>The traffic manager that gets the messages at the moment.</summary>
    private async Task<TestNode> ActiveAsync()
    {
        var before = await ReceivedAsync(_cluster.Managers);
        await Task.Delay(TimeSpan.FromSeconds(2));
        var after = await ReceivedAsync(_cluster.Managers);
        return _cluster.Managers[after[0] - before[0] >= after[1] - before[1] ? 0 : 1];
    }

    private static Task<double[]> ReceivedAsync(IReadOnlyList<TestNode> nodes) =>
        Task.WhenAll(nodes.Select(node => LimitCluster.MetricAsync(node, "tollgate_broker_messages_received_total")));

    /// <param name="Away">The node that cannot answer; null for none.</param>
    /// <param name="Mend">Mends what was broken.</param>
    /// <param name="Back">Time until the broker answered again; null where it did not go away.</param>
    private sealed record Broken(TestNode? Away, Func<Task> Mend, Task<TimeSpan>? Back = null);
}
