using Tollgate.Databases;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Limits;

/// <summary>A limit over three gateways and two traffic managers under far more load than it allows.</summary>
/// <remarks>Windows of 10 s: what decides is how soon the limit is reached, and that is the same as in a minute.</remarks>
public sealed class LimitAccuracyTests : IDisposable
{
    private const int Limit = 2_500;
    private const int WindowSeconds = 10;
    private const int Windows = 10;
    private const double PerSecond = 5_000;

    private readonly Broker _one = Broker.Own();
    private readonly Broker _two = Broker.Own();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Limit_OfferedFarTooMuch_LetsThroughTwoPercentMoreAtMost(int brokers)
    {
        Assert.SkipUnless(Broker.IsInstalled, "RabbitMQ is not installed here");
        await using var cluster = await LimitCluster.StartAsync(
            gateways: 3, [_one.Address, brokers == 1 ? _one.Address : _two.Address], Limit, WindowSeconds);
        await using var load = new Accuracy(cluster, WindowSeconds, PerSecond * 0.7, PerSecond * 0.2, PerSecond * 0.1);

        var admitted = await load.MeasureAsync(Windows);

        Assert.Empty(load.Failures);
        Assert.All(admitted, count => Assert.InRange(count, Limit * 95 / 100, Limit * 102 / 100));
    }

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
    }
}
