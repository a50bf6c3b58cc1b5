using Tollgate.Model;

namespace Tollgate.Unit.TrafficManager.Simulation;

/// <summary>Three gateways that share a limit of 2,500 per minute, asked for 5,000 calls per second, 70, 20 and 10 of a hundred each.</summary>
public sealed class SkewedLoadTests
{
    private const long Limit = 2_500;
    private const long Minute = 60_000;
    private static readonly double[] Parts = [0.7, 0.2, 0.1];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 5_000)]
    public void TenWindows_OfDemandFarAboveTheLimit_LetThroughTheLimit(int managers, long skew)
    {
        var time = new SimulatedTime();
        var chance = new Random(7);
        var bus = new SimulatedBus(time, chance, BusFaults.None);
        for (var i = 0; i < managers; i++)
        {
            _ = new SimulatedManager($"m{i}", time, bus, chance, i * skew);
        }

        var quota = new Quota(QuotaKind.Requests, Limit, "min", 1);
        SimulatedGateway[] gateways = [.. Enumerable.Range(0, 3).Select(i => new SimulatedGateway($"g{i}", time, bus, chance, -i * skew, quota))];
        var begin = time.Now + (2 * Minute) - (time.Now % Minute);
        time.RunUntil(begin - (skew * (managers - 1)));
        for (var i = 0; i < 3; i++)
        {
            gateways[i].Rate = 5_000 * Parts[i];
        }

        time.RunUntil(begin + (10 * Minute) - 6_000);
        var sums = gateways.SelectMany(gateway => gateway.Admitted).GroupBy(window => window.Key, window => window.Value)
            .OrderBy(window => window.Key).Select(window => window.Sum()).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(" ", sums));
        Assert.All(sums, sum => Assert.InRange(sum, Limit * 0.98, Limit * 1.02));
    }
}
