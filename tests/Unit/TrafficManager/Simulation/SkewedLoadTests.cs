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
    public void TenWindows_OfDemandFarAboveTheLimit_LetThroughTheLimit(int managers, long skew) =>
        Assert.All(TenWindows(managers, skew, QuotaAccuracy.Estimated), sum => Assert.InRange(sum, Limit * 0.98, Limit * 1.02));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 5_000)]
    public void TenWindows_OfAnExactLimit_LetThroughNoMoreAndHardlyLess(int managers, long skew) =>
        Assert.All(TenWindows(managers, skew, QuotaAccuracy.Exact), sum => Assert.InRange(sum, Limit * 0.99, Limit));

    [Theory]
    [InlineData(QuotaWindow.Sliding, 1, 0, 1)]
    [InlineData(QuotaWindow.Sliding, 2, 5_000, 1)]
    [InlineData(QuotaWindow.TokenBucket, 1, 0, 2)]
    [InlineData(QuotaWindow.TokenBucket, 2, 5_000, 2)]
    public void TenMinutes_OfALimitThatFlowsBack_LetThroughTheLimitInEachAfterTheFirst(QuotaWindow window, int managers, long skew, int first)
    {
        var sums = TenWindows(managers, skew, QuotaAccuracy.Estimated, window);
        Assert.InRange(sums[0], Limit * 0.98, first * Limit * 1.02);
        Assert.All(sums[1..], sum => Assert.InRange(sum, Limit * 0.98, Limit * 1.02));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TenWindows_OfGatewaysThatAreHeldUpNowAndThen_LetThroughLittleMore(int managers) =>
        Assert.All(TenWindows(managers, 0, QuotaAccuracy.Estimated, heldUp: 150), sum => Assert.InRange(sum, Limit * 0.98, Limit * 1.04));

    private static List<long> TenWindows(
        int managers, long skew, QuotaAccuracy accuracy, QuotaWindow window = QuotaWindow.Fixed, int heldUp = 0)
    {
        var time = new SimulatedTime();
        var chance = new Random(7);
        var bus = new SimulatedBus(time, chance, BusFaults.None);
        var permits = new Dictionary<long, long>();
        var quota = new Quota(QuotaKind.Requests, Limit, "min", 1) { Accuracy = accuracy, Window = window };
        var ledger = new Ledger(time, quota);
        for (var i = 0; i < managers; i++)
        {
            _ = new SimulatedManager($"m{i}", time, bus, chance, i * skew, permits);
        }

        SimulatedGateway[] gateways =
        [
            .. Enumerable.Range(0, Parts.Length).Select(i => new SimulatedGateway($"g{i}", time, bus, chance, -i * skew, quota, ledger)),
        ];
        foreach (var gateway in heldUp > 0 ? gateways : [])
        {
            HoldUp(time, chance, gateway, heldUp);
        }

        var begin = time.Now + (2 * Minute) - (time.Now % Minute) - (skew * (managers - 1));
        time.RunUntil(begin);
        for (var i = 0; i < Parts.Length; i++)
        {
            gateways[i].Rate = 5_000 * Parts[i];
        }

        time.RunUntil(begin + (10 * Minute) - 1);
        var sums = ledger.Windows.GroupBy(counted => counted.Start / Minute).Select(minute => minute.Sum(counted => counted.Total)).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(" ", sums));
        Assert.Equal(10, sums.Count);
        return sums;
    }

    private static void HoldUp(SimulatedTime time, Random chance, SimulatedGateway gateway, int atMost) => time.After(chance.Next(4 * atMost), () =>
    {
        gateway.IsHeldUp = true;
        time.After(chance.Next(atMost), () =>
        {
            gateway.IsHeldUp = false;
            HoldUp(time, chance, gateway, atMost);
        });
    });
}
