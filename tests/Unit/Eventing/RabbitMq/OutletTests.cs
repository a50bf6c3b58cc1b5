using Tollgate.Eventing.RabbitMq;
using Tollgate.Eventing.Wire;
using Tollgate.Model.Events;

namespace Tollgate.Unit.Eventing.RabbitMq;

/// <summary>What waits for a broker is one message that says all that was published.</summary>
public sealed class OutletTests
{
    private const long Minute = 60_000;

    private readonly Outlet<UsageTotals, UsageTotal> _outlet = new(new UsageForm());

    [Fact]
    public async Task Take_AfterManyPutsOfAKey_GivesTheNewestTotalOfTheNewestWindow()
    {
        foreach (var total in (long[])[1, 5, 3])
        {
            Put("a", Minute, total);
        }

        Put("a", 2 * Minute, 1);
        Put("a", Minute, 9);
        Put("b", Minute, 2);

        var (_, items) = await TakeAsync();
        Assert.Equal([("a", 2 * Minute, 1L), ("b", Minute, 2L)], items);
        Assert.Equal(0, _outlet.Count);
    }

    [Fact]
    public async Task Take_OfMessagesThatFollowEachOther_SaysEverythingSinceTheFirst()
    {
        _outlet.Put(Message(number: 5, since: 4, "a"));
        _outlet.Put(Message(number: 6, since: 5, "b"));
        _outlet.Put(Message(number: 7, since: 2, "c"));
        _outlet.Put(Message(number: 7, since: 7));

        var (message, items) = await TakeAsync();
        Assert.Equal((2L, 7L), (message.Since, message.Number));
        Assert.Equal(3, items.Count());
    }

    [Fact]
    public async Task Take_OfMessagesWithAGapBetween_DoesNotSayThatNothingIsMissing()
    {
        _outlet.Put(Message(number: 2, since: 1, "a"));
        _outlet.Put(Message(number: 9, since: 8, "b"));

        var (message, _) = await TakeAsync();
        Assert.Equal((8L, 9L), (message.Since, message.Number));
    }

    [Fact]
    public async Task PutBack_OfWhatCouldNotBeSent_IsOlderThanWhatCameMeanwhile()
    {
        _outlet.Put(Message(number: 1, since: 0, "a", "b"));
        var (message, items) = await _outlet.TakeAsync(TestContext.Current.CancellationToken);
        Put("a", 2 * Minute, 2, number: 2);

        _outlet.PutBack(message, items);

        var (merged, all) = await TakeAsync();
        Assert.Equal([("a", 2 * Minute, 2L), ("b", Minute, 1L)], all);
        Assert.Equal((0L, 2L), (merged.Since, merged.Number));
    }

    [Fact]
    public async Task Take_WithNothingThere_WaitsForTheNextMessageEvenWithoutItems()
    {
        var taking = TakeAsync();
        Assert.False(taking.IsCompleted);

        _outlet.Put(Message(number: 3, since: 3));

        Assert.Equal(3, (await taking).Message.Number);
    }

    [Fact]
    public void Put_BeyondTheBound_KeepsTheKeysThatAreThere()
    {
        for (var number = 0; number <= Outlet<UsageTotals, UsageTotal>.Most; number++)
        {
            Put($"{number}", Minute, 1);
        }

        Assert.Equal(Outlet<UsageTotals, UsageTotal>.Most, _outlet.Count);
    }

    [Fact]
    public void Merge_OfAnnouncements_KeepsGrantsAndAcknowledgementsThatAreToldOnce()
    {
        var form = new AnnouncementForm();
        var first = new Announced("k", Minute, Minute, 5, 0, 1, [new Grant("g", 10), new Grant("h", 3)]);
        var second = new Announced("k", Minute, Minute, 6, 0, 2, [new Grant("g", 12)]);

        var merged = form.Merge(first, second);
        var message = form.Merge(
            new Announcement("t", 0, 4, 3, 100, 2, [new Acknowledged("g", 7, 7)], [first]),
            new Announcement("t", 0, 5, 4, 110, 3, [new Acknowledged("h", 1, 1)], [second]));

        Assert.Equal((6, 2.0), (merged.Total, merged.Demand));
        Assert.Equal([new Grant("g", 12), new Grant("h", 3)], merged.Grants);
        Assert.Equal((5, 3, 110, 3), (message.Number, message.Since, message.ServerTime, message.Gateways));
        Assert.Equal([new Acknowledged("g", 7, 7), new Acknowledged("h", 1, 1)], message.Acknowledged);
        Assert.Empty(form.Merge(first, second with { WindowStart = 2 * Minute, Grants = [] }).Grants);
    }

    [Fact]
    public void After_EachFailure_WaitsLongerUpToTwoSecondsAndNeverLessThanHalf()
    {
        Assert.Equal(100, Pause.After(0, 1).TotalMilliseconds);
        Assert.Equal(50, Pause.After(0, 0).TotalMilliseconds);
        Assert.Equal(800, Pause.After(3, 1).TotalMilliseconds);
        Assert.Equal(2000, Pause.After(1000, 1).TotalMilliseconds);
        Assert.Equal(1000, Pause.After(1000, 0).TotalMilliseconds);
    }

    private static UsageTotals Message(long number, long since, params string[] keys) =>
        new("g", 0, number, since, 0, [.. keys.Select(key => new UsageTotal(key, Minute, Minute, 10, 1, 0))]);

    private void Put(string key, long start, long total, long number = 1) =>
        _outlet.Put(new UsageTotals("g", 0, number, number - 1, 0, [new UsageTotal(key, start, Minute, 10, total, 0)]));

    private async Task<(UsageTotals Message, IEnumerable<(string, long, long)> Items)> TakeAsync()
    {
        var (message, items) = await _outlet.TakeAsync(TestContext.Current.CancellationToken);
        return (message, items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => (item.Key, item.WindowStart, item.Total)));
    }
}
