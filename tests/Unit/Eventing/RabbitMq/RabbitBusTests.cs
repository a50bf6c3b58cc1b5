using System.Net.Security;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using Tollgate.Databases;
using Tollgate.Eventing;
using Tollgate.Eventing.RabbitMq;
using Tollgate.Model.Events;

namespace Tollgate.Unit.Eventing.RabbitMq;

/// <summary>The bus over a real broker.</summary>
public sealed class RabbitBusTests(Broker broker) : IClassFixture<Broker>, IAsyncLifetime
{
    private const long Minute = 60_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<RabbitBus> _started = [];
    private readonly LogOfTests _log = new();
    private int _checked;

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TOLLGATE_TESTS") is "all" or "stress", "a real broker is part of ./dev test --all");
        Assert.SkipUnless(Broker.IsInstalled || Environment.GetEnvironmentVariable("TOLLGATE_CI") is { Length: > 0 }, "RabbitMQ is not installed here");
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bus in _started)
        {
            await bus.StopAsync(CancellationToken.None);
            bus.Dispose();
        }

        foreach (var line in _log.Lines)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        }
    }

    [Fact]
    public async Task Publish_TotalsOfEveryPartition_ReachTheTrafficManagerAndAnnouncementsEveryGateway()
    {
        var (one, two, manager) = (await StartAsync(BusRole.Listens), await StartAsync(BusRole.Listens), await StartAsync(BusRole.Counts));
        var (heardByOne, heardByTwo, counted) = (one.Announcements.Subscribe(), two.Announcements.Subscribe(), manager.Usage.Subscribe());
        var key = Guid.NewGuid().ToString();
        var totals = Enumerable.Range(0, 200).Select(number => new UsageTotal($"{key}-{number}", Minute, Minute, 10, number, 0)).ToList();

        foreach (var ofPartition in totals.GroupBy(total => Partition.Of(total.Key)))
        {
            one.Usage.Publish(new UsageTotals("one", ofPartition.Key, 1, 0, 0, [.. ofPartition]));
        }

        HashSet<UsageTotal> arrived = [];
        while (arrived.Count < totals.Count)
        {
            var message = await counted.ReadAsync(Within());
            arrived.UnionWith(message.Totals.Where(total => total.Key.StartsWith(key, StringComparison.Ordinal)));
        }

        Assert.Equal(totals.ToHashSet(), arrived);
        Assert.Equal(Partition.Count, totals.Select(total => Partition.Of(total.Key)).Distinct().Count());

        manager.Announcements.Publish(new Announcement("t", 0, 1, 0, 5, 1, [], [new Announced(key, Minute, Minute, 7, 0, 1, [])]));
        Assert.Equal(7, (await HearAsync(heardByOne, key)).Total);
        Assert.Equal(7, (await HearAsync(heardByTwo, key)).Total);
    }

    [Fact]
    public async Task Publish_WhileTheBrokerIsAway_SendsTheNewestTotalWhenItIsBack()
    {
        using var own = Broker.Own();
        var gateway = await StartAsync(BusRole.Listens, $"tcp://{own.Address}");
        var manager = await StartAsync(BusRole.Counts, $"tcp://{own.Address}");
        var counted = manager.Usage.Subscribe();
        // The broker has a new queue on its disk when it has confirmed a message in it, and may lose it before.
        for (var partition = 0; partition < Partition.Count; partition++)
        {
            gateway.Usage.Publish(new UsageTotals("g", partition, 1, 0, 0, [new UsageTotal($"{partition}", Minute, Minute, 10, 1, 0)]));
        }

        for (var partition = 0; partition < Partition.Count; partition++)
        {
            await counted.ReadAsync(Within());
        }

        own.Crash();
        await UntilAsync(() => gateway.Trouble is not null);

        for (var total = 2; total <= 1000; total++)
        {
            gateway.Usage.Publish(Counted("key", total));
        }

        own.Restart();

        // What was on its way when the broker fell comes again; after it the newest total at once.
        while ((await counted.ReadAsync(Within())).Totals.All(total => total is not { Key: "key", Total: 1000 }))
        {
        }

        Assert.Null(gateway.Trouble);
        Assert.True(_log.Lines.Count(line => line.Contains("cannot be used", StringComparison.Ordinal)) <= 2, string.Join('\n', _log.Lines));
    }

    [Fact]
    public async Task Publish_WithOneOfTwoBrokersAway_GoesOverTheOther()
    {
        var gateway = await StartAsync(BusRole.Listens, $"tcp://{broker.Address}", "tcp://127.0.0.1:1");
        var manager = await StartAsync(BusRole.Counts, $"tcp://127.0.0.1:1|tcp://{broker.Address}");
        var counted = manager.Usage.Subscribe();
        var key = Guid.NewGuid().ToString();

        gateway.Usage.Publish(Counted(key, 3));

        while ((await counted.ReadAsync(Within())).Totals.All(total => total.Key != key))
        {
        }
    }

    [Fact]
    public async Task Take_OverOfThePartitions_LosesNothingThatTheBrokerHas()
    {
        var (gateway, first, second) = (await StartAsync(BusRole.None), await StartAsync(BusRole.Counts), await StartAsync(BusRole.Counts));
        var (atFirst, atSecond) = (first.Usage.Subscribe(), second.Usage.Subscribe());
        var key = Guid.NewGuid().ToString();
        gateway.Usage.Publish(Counted(key, 1));
        await atFirst.ReadAsync(Within());

        await first.StopAsync(CancellationToken.None);
        gateway.Usage.Publish(Counted(key, 2));

        while ((await atSecond.ReadAsync(Within())).Totals.All(total => total != new UsageTotal(key, Minute, Minute, 10, 2, 0)))
        {
        }
    }

    [Theory]
    [InlineData("random bytes")]
    [InlineData("{\"event\":{\"payloadData\":{\"throttleKey\":\"x\\r\\nFORGED LINE\"}}}")]
    [InlineData("")]
    [InlineData("giant")]
    public async Task Receive_WhatIsNoMessage_IsQuarantinedAndLoggedOnceAndTheNextOneArrives(string body)
    {
        var (gateway, manager) = (await StartAsync(BusRole.Listens), await StartAsync(BusRole.Counts));
        var (heard, counted) = (gateway.Announcements.Subscribe(), manager.Usage.Subscribe());
        var bytes = body == "giant" ? new byte[20 * 1024 * 1024] : System.Text.Encoding.UTF8.GetBytes(body);
        await using var connection = await new ConnectionFactory { Uri = new Uri($"amqp://{broker.Address}") }.CreateConnectionAsync(Within());
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Within());
        for (var time = 0; time < 3; time++)
        {
            await channel.BasicPublishAsync(Topology.Usage, Topology.RouteOf(time), bytes, Within());
            await channel.BasicPublishAsync(Topology.Announcements, "", bytes, Within());
        }

        var key = Guid.NewGuid().ToString();
        gateway.Usage.Publish(Counted(key, 1));
        while ((await counted.ReadAsync(Within())).Totals.All(total => total.Key != key))
        {
        }

        manager.Announcements.Publish(new Announcement("t", 0, 1, 0, 5, 1, [], [new Announced(key, Minute, Minute, 7, 0, 1, [])]));
        await HearAsync(heard, key);
        // Four queues, one of them the listener's: each is named once.
        Assert.InRange(_log.Lines.Count(line => line.Contains("further ones are counted", StringComparison.Ordinal)), 1, 4);
        Assert.DoesNotContain(_log.Lines, line => line.Contains("FORGED", StringComparison.Ordinal));
        Assert.NotNull(await channel.BasicGetAsync(Topology.Quarantine, autoAck: true, Within()));
    }

    [Fact]
    public async Task Connect_OverTls_AsksTheCallbackAboutTheCertificate()
    {
        await StartAsync(BusRole.Listens, $"ssl://{broker.TlsAddress}");
        Assert.True(_checked > 0);

        var refused = Create(BusRole.Listens, (_, _, _, _) => false, $"ssl://{broker.TlsAddress}");
        await refused.StartAsync(CancellationToken.None);
        await UntilAsync(() => _log.Lines.Any(line => line.Contains("cannot be used", StringComparison.Ordinal)));
        Assert.NotNull(refused.Trouble);
    }

    private static UsageTotals Counted(string key, long total) =>
        new("g", Partition.Of(key), total, total - 1, 0, [new UsageTotal(key, Minute, Minute, 10, total, 0)]);

    private static CancellationToken Within() => new CancellationTokenSource(Patience).Token;

    private static async Task<Announced> HearAsync(System.Threading.Channels.ChannelReader<Announcement> heard, string key)
    {
        for (; ; )
        {
            if ((await heard.ReadAsync(Within())).Keys.FirstOrDefault(announced => announced.Key == key) is { } found)
            {
                return found;
            }
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var patience = Within(); !condition(); await Task.Delay(10, patience))
        {
        }
    }

    private async Task<RabbitBus> StartAsync(BusRole role, params string[] endpoints)
    {
        var bus = Create(role, (_, _, _, _) => Interlocked.Increment(ref _checked) > 0, endpoints.Length > 0 ? endpoints : [$"tcp://{broker.Address}"]);
        await bus.StartAsync(CancellationToken.None);
        await UntilAsync(() => bus.Trouble is null);
        return bus;
    }

    private RabbitBus Create(BusRole role, RemoteCertificateValidationCallback trusts, params string[] endpoints)
    {
        var bus = new RabbitBus(new BusOptions { Endpoints = endpoints }, role, "test", trusts, TimeProvider.System, _log);
        _started.Add(bus);
        return bus;
    }

    private sealed class LogOfTests : ILogger<RabbitBus>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{TimeProvider.System.GetLocalNow():HH:mm:ss.fff} {formatter(state, exception)}");
    }
}
