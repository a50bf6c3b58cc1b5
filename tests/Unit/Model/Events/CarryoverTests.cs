using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.Unit.Model.Events;

/// <summary>What earlier windows take of a limit, and that it keeps what the documents say of every stretch of time.</summary>
public sealed class CarryoverTests
{
    private const long Minute = 60_000;
    private const long Start = 1_000 * Minute;
    private const long Limit = 60;

    private static readonly Carryover Sliding = new(QuotaWindow.Sliding, Minute, 40, 0);
    private static readonly Carryover Bucket = new(QuotaWindow.TokenBucket, Minute, 40, 0);

    [Theory]
    [InlineData(0, 40)]
    [InlineData(15_000, 30)]
    [InlineData(15_001, 30)]
    [InlineData(59_999, 1)]
    [InlineData(60_000, 0)]
    [InlineData(-500, 40)]
    public void Taken_InASlidingWindow_GoesEvenlyWhileTheWindowPasses(long after, long taken) =>
        Assert.Equal(taken, Sliding.Taken(Limit, Start, Minute, Start + after));

    [Theory]
    [InlineData(0, 40)]
    [InlineData(1_000, 39)]
    [InlineData(1_001, 39)]
    [InlineData(6_000, 34)]
    [InlineData(40_000, 0)]
    public void Taken_OfABucket_FlowsBackAtTheRateOfTheLimit(long after, long taken) =>
        Assert.Equal(taken, Bucket.Taken(Limit, Start, 6_000, Start + after));

    [Theory]
    [InlineData(QuotaWindow.Sliding)]
    [InlineData(QuotaWindow.TokenBucket)]
    public void FallsTo_EveryAmount_IsTheFirstMomentAtWhichNoMoreIsTaken(QuotaWindow window)
    {
        var before = new Carryover(window, Minute, 41, 0);
        for (var amount = 0; amount < 41; amount++)
        {
            var at = before.FallsTo(amount, Limit, Start, Minute);
            Assert.InRange(before.Taken(Limit, Start, Minute, at), 0, amount);
            Assert.True(before.Taken(Limit, Start, Minute, at - 2) > amount);
        }
    }

    [Fact]
    public void After_AWindowWithoutCalls_ForgetsWhatSlidingWindowsCountedAndNotWhatABucketOwes()
    {
        Assert.Equal(0, Sliding.After(60, Limit, Start, Minute, Start + (2 * Minute)).Previous);
        var later = Bucket.After(60, Limit, Start, 6_000, Start + 18_000);
        // A hundred at one a second, from the beginning on.
        Assert.Equal(Limit * (100_000 - 18_000) / Minute, later.Taken(Limit, Start + 18_000, 6_000, Start + 18_000));
    }

    [Fact]
    public void After_AClockThatWasSetBack_KnowsNothing() =>
        Assert.Equal(0, Bucket.After(60, Limit, Start, 6_000, Start - 600_000).Taken(Limit, Start - 600_000, 6_000, Start - 600_000));

    [Fact]
    public void Bucket_WhoseLimitIsLowered_IsNotEmptyForMuchLongerThanItsTime() =>
        Assert.Equal(Start + (2 * Minute), (Bucket with { Previous = 1_000_000 }).FallsTo(0, 1, Start, 6_000));

    [Theory]
    [InlineData(QuotaWindow.Sliding)]
    [InlineData(QuotaWindow.TokenBucket)]
    public void AnyStretchOfTime_OfAnyDemand_LetsThroughTheLimitAndItsRateAndNoMore(QuotaWindow window)
    {
        var chance = new Random(5);
        for (var run = 0; run < 20; run++)
        {
            var admitted = Admit(window, limit: chance.Next(1, 80), chance);
            for (var from = 0; from < admitted.Times.Count; from++)
            {
                for (var to = from; to < admitted.Times.Count && admitted.Times[to] - admitted.Times[from] <= Minute; to++)
                {
                    var most = admitted.Limit * (1 + ((admitted.Times[to] - admitted.Times[from]) / (double)Minute));
                    Assert.InRange(to - from + 1, 1, most);
                }
            }
        }
    }

    // Calls are whole: of a sliding window the last one that is left from before goes with the window's end.
    [Theory]
    [InlineData(QuotaWindow.Sliding, 990)]
    [InlineData(QuotaWindow.TokenBucket, 1_000)]
    public void DemandAboveTheLimit_ForLong_GetsTheLimitPerPeriod(QuotaWindow window, int expected)
    {
        var times = Run(window, 100, 30, _ => 50);
        Assert.InRange(times.Count(time => time >= 10 * Minute && time < 20 * Minute), expected - 1, expected);
        // And evenly: no call waits for the next window.
        Assert.All(times.Zip(times.Skip(100)).Skip(100), pair => Assert.InRange(pair.Second - pair.First, 1, Minute + 1_000));
    }

    private static (long Limit, List<long> Times) Admit(QuotaWindow window, int limit, Random chance)
    {
        var pause = 10;
        return (limit, Run(window, limit, 6, now =>
        {
            pause = now % 10_000 < 200 ? chance.Next(20, 20_000) : pause;
            return pause;
        }));
    }

    // Calls of one gateway; moments count from the first window on.
    private static List<long> Run(QuotaWindow window, long limit, int minutes, Func<long, int> pause)
    {
        var quota = new Quota(QuotaKind.Requests, limit, "min", 1) { Window = window };
        var length = quota.CountedMilliseconds;
        var (before, start, total) = (new Carryover(window, Minute, 0, 0), Start, 0L);
        List<long> times = [];
        for (var now = Start; now < Start + (minutes * Minute); now += pause(now - Start))
        {
            var begun = now - (now % length);
            if (begun > start)
            {
                (before, start, total) = (before.After(total, limit, start, length, begun), begun, 0);
            }

            if (total < limit - before.Taken(limit, start, length, now))
            {
                total++;
                times.Add(now - Start);
            }
        }

        return times;
    }
}
