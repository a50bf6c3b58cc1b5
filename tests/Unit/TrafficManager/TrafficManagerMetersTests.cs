using Tollgate.Model.Events;
using Tollgate.TrafficManager.Announce;
using Tollgate.TrafficManager.Count;
using Tollgate.Unit.TrafficManager.Simulation;

namespace Tollgate.Unit.TrafficManager;

/// <summary>What operators see of a traffic manager.</summary>
public sealed class TrafficManagerMetersTests
{
    private readonly SimulatedTime _time = new();
    private readonly SharedClock _clock;
    private readonly TrafficManagerMeters _meters = new();

    public TrafficManagerMetersTests()
    {
        _clock = new SharedClock(new SimulatedClock(_time, 0));
        _clock.Hear(_time.Now);
    }

    [Fact]
    public void Partitions_OfWhichNothingIsHeardForLong_AreNoLongerItsOwn()
    {
        var (one, two) = (new TallyBook("tm", 0, _clock), new TallyBook("tm", 1, _clock));
        Hear(one, 1);
        Hear(two, 1);
        Assert.Equal(2, Read("tollgate_limits_partitions", one, two));
        _time.RunUntil(_time.Now + 4_000);
        Hear(two, 2);
        Assert.Equal(1, Read("tollgate_limits_partitions", one, two));
    }

    [Fact]
    public void Takeover_IsABeginningWhereGatewaysHadBegunBefore()
    {
        var (first, second) = (new TallyBook("first", 0, _clock), new TallyBook("second", 0, _clock));
        Hear(first, 1);
        Hear(first, 2);
        Assert.Equal(0, Read("tollgate_limits_takeovers_total", first));

        Hear(second, 3);
        Hear(second, 4);
        Assert.Equal(1, Read("tollgate_limits_takeovers_total", second));

        // And back again, after some time.
        _time.RunUntil(_time.Now + 4_000);
        Hear(first, 9);
        Assert.Equal(1, Read("tollgate_limits_takeovers_total", first));
    }

    [Fact]
    public void Lag_IsTheTimeFromSendingToCounting()
    {
        _meters.Counted(_time.Now - 40, _time.Now);
        // A gateway that has heard no traffic manager yet does not know the time.
        _meters.Counted(0, _time.Now);
        var samples = _meters.Read().Single(family => family.Name == "tollgate_limits_totals_lag_seconds").Samples;
        Assert.Equal((1, 0.04), (samples[^1].Number, samples[^2].Number));
    }

    private static void Hear(TallyBook book, long number) => book.Merge(new UsageTotals("gateway", book.Partition, number, number - 1, 0, []));

    private double Read(string name, params TallyBook[] books)
    {
        _meters.Look(books);
        return _meters.Read().Single(family => family.Name == name).Samples[0].Number;
    }
}
