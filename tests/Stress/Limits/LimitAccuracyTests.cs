using System.Text.Json.Nodes;
using Tollgate.Databases;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Limits;

/// <summary>A limit over three gateways and two traffic managers under far more load than it allows.</summary>
/// <remarks>Windows of 10 s: what decides is how soon the limit is reached, and that is the same as in a minute.</remarks>
public sealed class LimitAccuracyTests : IDisposable
{
    private const int Limit = 2_500;
    private const int WindowSeconds = 10;
    private const double PerSecond = 5_000;

    private static readonly int Windows = Repeats.Of("TOLLGATE_WINDOWS", 10);

    private readonly Broker _one = Broker.Own();
    private readonly Broker _two = Broker.Own();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Limit_OfferedFarTooMuch_LetsThroughTwoPercentMoreAtMost(int brokers)
    {
        var admitted = await MeasureAsync(brokers, new SharedLimit(Limit, WindowSeconds));
        Assert.All(admitted, count => Assert.InRange(count, Limit * 95 / 100, Limit * 102 / 100));
    }

    [Theory]
    [InlineData("sliding", 1)]
    [InlineData("sliding", 2)]
    [InlineData("token-bucket", 1)]
    [InlineData("token-bucket", 2)]
    public async Task LimitThatFlowsBack_OfferedFarTooMuch_LetsThroughTwoPercentMoreAtMost(string window, int brokers)
    {
        var admitted = await MeasureAsync(brokers, new SharedLimit(Limit, WindowSeconds, new JsonObject { ["window"] = window }));
        Assert.All(admitted, count => Assert.InRange(count, Limit * 95 / 100, Limit * 102 / 100));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ExactLimit_OfferedFarTooMuch_LetsThroughNoMoreAndHardlyLess(int brokers)
    {
        var server = DatabaseServer.Find(DatabaseServer.PostgreSql);
        Assert.SkipWhen(server is null, "There is no database server for permits");
        using var shared = TestDatabase.Create(server);
        var admitted = await MeasureAsync(brokers, new SharedLimit(Limit, WindowSeconds, new JsonObject { ["accuracy"] = "exact" }), shared);
        Assert.All(admitted, count => Assert.InRange(count, Limit * 99 / 100, Limit));
    }

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
    }

    private async Task<long[]> MeasureAsync(int brokers, SharedLimit limit, TestDatabase? shared = null)
    {
        Assert.SkipUnless(Broker.IsInstalled, "RabbitMQ is not installed here");
        await using var cluster = await LimitCluster.StartAsync(
            gateways: 3, [_one.Address, brokers == 1 ? _one.Address : _two.Address], [limit], shared);
        await using var load = new Accuracy(cluster, cluster.Tokens[0], WindowSeconds, PerSecond * 0.7, PerSecond * 0.2, PerSecond * 0.1);
        var admitted = await load.MeasureAsync(Windows);
        Assert.Empty(load.Failures);
        return admitted;
    }
}
