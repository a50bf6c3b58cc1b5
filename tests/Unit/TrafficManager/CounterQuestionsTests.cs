using Tollgate.Model.Events;
using Tollgate.TrafficManager.Announce;
using Tollgate.TrafficManager.Count;
using Tollgate.Unit.TrafficManager.Simulation;

namespace Tollgate.Unit.TrafficManager;

/// <summary>What operators learn about counters.</summary>
public sealed class CounterQuestionsTests
{
    private const long Minute = 60_000;

    private readonly SimulatedTime _time = new();
    private readonly TallyBook _book;
    private readonly CounterQuestions _questions = new();

    public CounterQuestionsTests() => _book = new TallyBook("tm", 0, new SharedClock(new SimulatedClock(_time, 0)));

    [Fact]
    public async Task Ask_ForAPartOfAKey_SaysWhoCountedWhat()
    {
        Merge("one", 1, new UsageTotal("app:orders", Start, Minute, 100, 7, 1.5), new UsageTotal("app:pets", Start, Minute, 100, 1, 0));
        Merge("two", 1, new UsageTotal("app:orders", Start, Minute, 100, 5, 0.5));

        var counted = Assert.Single((await AskAsync("orders"))!);
        Assert.Equal(("app:orders", 100, 12, 2.0), (counted.Key, counted.Limit, counted.Total, counted.Demand));
        Assert.Equal([new CountedShare("one", 7), new CountedShare("two", 5)], counted.Gateways);
        Assert.Equal(["app:orders", "app:pets"], (await AskAsync(""))!.Select(counter => counter.Key).Order(StringComparer.Ordinal));
        Assert.Empty((await AskAsync("nothing"))!);
    }

    [Fact]
    public async Task Ask_ForMoreThanCanBeSorted_IsToldSo()
    {
        Merge("one", 1, [.. Enumerable.Range(0, CounterQuestions.Most + 1).Select(i => new UsageTotal($"key {i}", Start, Minute, 1, 1, 0))]);
        Assert.Null(await AskAsync("key"));
        Assert.Single((await AskAsync("key 10000"))!);
    }

    [Fact]
    public async Task Ask_OfAPartitionThatAnotherTrafficManagerCountsNow_IsNotAnsweredHere()
    {
        Merge("one", 1, new UsageTotal("app:orders", Start, Minute, 100, 7, 1.5));
        Assert.Equal([0], (await FoundAsync("orders")).Partitions);
        _time.RunUntil(_time.Now + 10_000);
        var found = await FoundAsync("orders");
        Assert.Empty(found.Partitions);
        Assert.Empty(found.Counters);
    }

    [Fact]
    public async Task Ask_WhileTooManyAsk_IsTurnedAway()
    {
        var waiting = Enumerable.Range(0, 8).Select(_ => _questions.AskAsync("", CancellationToken.None)).ToList();
        Assert.Null(await _questions.AskAsync("", CancellationToken.None));
        Assert.All(waiting, question => Assert.False(question.IsCompleted));
        waiting.ForEach(_ => _questions.Answer([_book]));
        Assert.All(await Task.WhenAll(waiting), Assert.NotNull);
    }

    private async Task<CountersFound> FoundAsync(string part)
    {
        var answer = _questions.AskAsync(part, CancellationToken.None);
        _questions.Answer([_book]);
        return (await answer)!;
    }

    private long Start => _time.Now - (_time.Now % Minute);

    private async Task<IReadOnlyList<Counted>?> AskAsync(string part)
    {
        var answer = _questions.AskAsync(part, CancellationToken.None);
        _questions.Answer([_book]);
        return (await answer)?.Counters;
    }

    private void Merge(string gateway, long number, params UsageTotal[] totals) =>
        _book.Merge(new UsageTotals(gateway, 0, number, 0, Start, totals));
}
