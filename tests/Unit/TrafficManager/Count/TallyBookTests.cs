using Tollgate.Model;
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
        next.Read(Image());
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

    [Fact]
    public void Window_ThatSlides_SaysWhatWasCountedInTheOneBeforeAndWhatComesLate()
    {
        _book.Merge(Sliding("a", 1, _window, 10, 0));
        _book.Merge(Sliding("b", 1, _window, 20, 0));
        NextHour();
        _book.Merge(Sliding("a", 2, _window + Hour, 1, 12));
        Assert.Equal((1, 32), Announced());

        // What "b" let through last was on its way when the window ended.
        _book.Merge(Sliding("b", 2, _window, 25, 0));
        Assert.Equal((1, 37), Announced());
        _book.Merge(Sliding("b", 3, _window + Hour, 2, 26));
        Assert.Equal((3, 38), Announced());
        Assert.Equal(38 / 2, Assert.Single(Found(_window + Hour + (Hour / 2))).CarriedOver);
    }

    [Fact]
    public void Window_ThatSlides_IsKeptUntilItDoesNotMatterAnyMoreAndOutlivesTheBook()
    {
        _book.Merge(Sliding("ended", 1, _window, 10, 30));
        NextHour();
        var next = new TallyBook("next", 0, _clock);
        next.Read(Image());
        next.Merge(Sliding("new", 1, _window + Hour, 1, 0));
        Assert.Equal(10, Assert.Single(next.Announce()!.Keys).Before.Previous);

        _book.Merge(Totals("ended", 2, 1, 0));
        _book.Announce();
        Assert.Equal(1, _book.Count);
        _time.RunUntil(_window + (2 * Hour) + 10_000);
        _book.Merge(Totals("ended", 3, 2, 0));
        _book.Announce();
        Assert.Equal(0, _book.Count);
    }

    [Fact]
    public void SilentGateway_AtTheEndOfAWindowThatSlides_CountsWithThePartThatWasKeptForIt()
    {
        _book.Merge(Sliding("a", 1, _window, 10, 0));
        _book.Merge(Sliding("silent", 1, _window, 30, 0));
        _book.Announce();
        _time.RunUntil(_time.Now + 3_000);
        _book.Merge(Sliding("a", 2, _window, 10, 0));
        _book.Announce();
        _book.Merge(Sliding("a", 3, _window + Hour, 0, 10));
        NextHour();
        _book.Merge(Sliding("a", 3, _window + Hour, 1, 10));
        Assert.Equal((1, 40 + 30), Announced());
    }

    [Fact]
    public void Image_WrittenInSlicesWhileTalliesComeAndEnd_HoldsAllThatStayed()
    {
        const int Some = 40;
        string[] soon = [.. Enumerable.Range(0, Some).Select(i => $"soon {i}")];
        string[] stays = [.. Enumerable.Range(0, Some).Select(i => $"stays \u00e9 {i}")];
        var second = _time.Now - (_time.Now % 1_000);
        _book.Merge(new UsageTotals("a", 0, 1, 0, 0, [.. soon.Zip(stays).SelectMany(pair => new[]
        {
            new UsageTotal(pair.First, second, 1_000, 100, 1, 1), new UsageTotal(pair.Second, _window, Hour, 100, 1, 1),
        })]));
        var image = _book.Image();
        Assert.False(image.Write(Some / 2));

        _time.RunUntil(_time.Now + 8_000);
        _book.Merge(Totals("new", 1, 0, 1));
        _book.Announce();
        Assert.Equal(Some + 1, _book.Count);
        while (!image.Write(Some / 8))
        {
        }

        var next = new TallyBook("next", 0, _clock);
        next.Read(image.Join());
        List<Counted> found = [];
        Assert.True(next.TryFind("\u00e9", found, 2 * Some));
        Assert.Equal(stays.Order(StringComparer.Ordinal), found.Select(counted => counted.Key).Order(StringComparer.Ordinal));
        Assert.All(found, counted => Assert.Equal(new CountedShare("a", 1), Assert.Single(counted.Gateways)));
    }

    private byte[] Image()
    {
        var image = _book.Image();
        Assert.True(image.Write(int.MaxValue));
        return image.Join();
    }

    private void NextHour() => _time.RunUntil(_window + Hour);

    private (long Total, long Previous) Announced()
    {
        _time.RunUntil(_time.Now + 1_000);
        var announced = Assert.Single(_book.Announce()!.Keys);
        return (announced.Total, announced.Before.Previous);
    }

    private List<Counted> Found(long at)
    {
        _time.RunUntil(at);
        List<Counted> found = [];
        Assert.True(_book.TryFind("key", found, 10));
        return found;
    }

    private static UsageTotals Sliding(string gateway, long number, long window, long total, long previous) => new(
        gateway, 0, number, number - 1, 0,
        [new UsageTotal("key", window, Hour, 100, total, 1, Before: new Carryover(QuotaWindow.Sliding, Hour, previous, 0))]);

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
