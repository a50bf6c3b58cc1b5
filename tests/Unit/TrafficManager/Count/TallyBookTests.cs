using Tollgate.Model.Events;
using Tollgate.TrafficManager.Count;
using Tollgate.Unit.TrafficManager.Simulation;

namespace Tollgate.Unit.TrafficManager.Count;

/// <summary>Sums of running totals, whatever way the messages take.</summary>
public sealed class TallyBookTests
{
    private const long Hour = 3_600_000;

    private readonly SimulatedTime _time = new();
    private readonly SharedClock _clock;
    private readonly TallyBook _book;
    private readonly long _window;
    private long _reserved;

    public TallyBookTests()
    {
        _clock = new SharedClock(new SimulatedClock(_time, 0));
        _clock.Hear(_time.Now);
        _book = new TallyBook("manager", 0, _clock);
        _window = _time.Now - (_time.Now % Hour);
    }

    [Fact]
    public void Merge_DuplicatesAndOvertakenMessages_CountOnce()
    {
        _book.Merge(Totals("a", 2, 1, 30));
        _book.Merge(Totals("a", 1, 0, 10));
        _book.Merge(Totals("a", 2, 1, 30));
        _book.Merge(Totals("b", 1, 0, 5));

        Assert.Equal(35, Assert.Single(_book.Announce()!.Keys).Total);
    }

    [Fact]
    public void Merge_AfterAGap_AcknowledgesWhatCameBeforeIt()
    {
        _book.Merge(Totals("a", 1, 0, 10));
        _book.Merge(Totals("a", 3, 2, 30));
        Assert.Equal([new Acknowledged("a", 1, 3)], _book.Announce()!.Acknowledged);

        _book.Merge(Totals("a", 4, 1, 30));
        _time.RunUntil(_time.Now + 20);
        Assert.Equal([new Acknowledged("a", 4, 4)], _book.Announce()!.Acknowledged);
    }

    [Fact]
    public void Merge_WindowThatIsOverOrHasNotBegun_IsNoCount()
    {
        _book.Merge(Totals("a", 1, 0, 10));
        _book.Merge(new UsageTotals("b", 0, 1, 0, 0, [new UsageTotal("key", _window + Hour, Hour, 100, 70, 0)]));
        _book.Merge(new UsageTotals("b", 0, 2, 1, 0, [new UsageTotal("key", _window - Hour, Hour, 100, 70, 0)]));

        Assert.Equal(10, Assert.Single(_book.Announce()!.Keys).Total);
    }

    [Fact]
    public void SilentGateway_ThatMayStillLetCallsThrough_KeepsItsPartForAWhile()
    {
        _book.Merge(Totals("a", 1, 0, 10));
        _book.Merge(Totals("b", 1, 0, 30));
        _book.Announce();
        Assert.Equal(30, ReservedAfter(3_000));
        Assert.Equal(0, ReservedAfter(15_000));
    }

    [Fact]
    public void Image_ReadByTheNextOne_HoldsWhatEndedGatewaysCounted()
    {
        _book.Merge(Totals("ended", 1, 0, 10));
        _book.Merge(Totals("here", 1, 0, 5));
        var next = new TallyBook("next", 0, _clock);
        next.Read(_book.Write());
        next.Merge(Totals("here", 2, 1, 7));
        next.Merge(Totals("new", 1, 0, 1));

        Assert.Equal(18, Assert.Single(next.Announce()!.Keys).Total);
    }

    [Fact]
    public void Demand_OfAGatewayThatIsHeldUp_LastsUntilItSpeaksOfSomethingElse()
    {
        _book.Merge(Totals("a", 1, 0, 10));
        _book.Merge(Totals("b", 1, 0, 30));
        _time.RunUntil(_time.Now + 2_000);
        _book.Merge(Totals("a", 2, 1, 20));
        Assert.Equal(2, Assert.Single(_book.Announce()!.Keys).Demand);

        _time.RunUntil(_time.Now + 1_000);
        _book.Merge(Totals("a", 3, 2, 30));
        _book.Merge(new UsageTotals("b", 0, 1, 1, 0, []));
        Assert.Equal(1, Assert.Single(_book.Announce()!.Keys).Demand);
    }

    private long ReservedAfter(long milliseconds)
    {
        for (var end = _time.Now + milliseconds; _time.Now < end;)
        {
            _time.RunUntil(_time.Now + 500);
            _book.Merge(Totals("a", 1, 0, 10));
            if (_book.Announce() is { Keys: [var announced] })
            {
                _reserved = announced.Reserved;
            }
        }

        return _reserved;
    }

    private UsageTotals Totals(string gateway, long number, long since, long total) =>
        new(gateway, 0, number, since, 0, [new UsageTotal("key", _window, Hour, 100, total, 1)]);
}
