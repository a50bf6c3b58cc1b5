using Tollgate.Gateway;
using Tollgate.Gateway.Throttle;
using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.Unit.Gateway.Throttle;

/// <summary>Counting: exact under many threads, per window, together with what other gateways counted.</summary>
public sealed class CounterTests
{
    private const long Minute = 60_000;
    private const long Start = 1_000 * Minute;

    private readonly CounterTable _table = new();

    [Fact]
    public async Task Reserve_FromManyThreads_AdmitsExactlyTheLimit()
    {
        const int Max = 1_000;
        var limit = LimitOf("many", Max);
        var admitted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 500).Count(_ => limit.Counter.At(Start).TryReserve(1, Max, Start)))));
        Assert.Equal(Max, admitted.Sum());
        Assert.Equal(Max, limit.Counter.Latest.Own);
    }

    [Fact]
    public async Task Reserve_AndTakenBackFromManyThreads_EndsAtZero()
    {
        var window = LimitOf("undone", 10).Counter.At(Start);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                if (window.TryReserve(1, 10, Start))
                {
                    Assert.InRange(window.Own, 1, 10);
                    window.Undo(1);
                }
            }
        })));
        Assert.Equal(0, window.Own);
    }

    [Fact]
    public void Window_AtTheMinute_BeginsAnew()
    {
        var counter = LimitOf("minute", 1).Counter;
        Assert.True(counter.At(Start).TryReserve(1, 1, Start));
        Assert.False(counter.At(Start + Minute - 1).TryReserve(1, 1, Start + Minute - 1));
        Assert.Equal((Start + Minute, 0), (counter.At(Start + Minute).Start, counter.At(Start + Minute).Own));
    }

    [Fact]
    public void Window_ClockStepsBackALittle_GoesOnCounting()
    {
        var counter = LimitOf("back", 1).Counter;
        Assert.True(counter.At(Start).TryReserve(1, 1, Start));
        Assert.False(counter.At(Start - 500).TryReserve(1, 1, Start - 500));
        // Further than a window: the clock was set, and counting on would refuse for as long as it was wrong.
        Assert.Equal(Start - (10 * Minute), counter.At(Start - (10 * Minute)).Start);
    }

    [Fact]
    public void Announcement_OfOthers_LeavesTheRest()
    {
        var limit = LimitOf("shared", 10);
        Assert.True(limit.Counter.At(Start).TryReserve(1, 10, Start));
        var announced = new Announced("shared", Start, Minute, 9, 2.0, new Dictionary<string, long> { ["me"] = 1, ["other"] = 8 });
        _table.Learn(announced, "me", Start);
        Assert.True(limit.Counter.At(Start).TryReserve(1, 10, Start));
        Assert.False(limit.Counter.At(Start).TryReserve(1, 10, Start));
    }

    [Fact]
    public void Counter_GivenUpWhileIdle_IsFoundAgainByItsHolder()
    {
        var held = LimitOf("idle", 5).Counter;
        held.At(Start).Add(1);
        _table.EvictIdle(Start + (60 * Minute));
        Assert.Equal(0, _table.Count);

        var later = Start + (61 * Minute);
        held.At(later).Add(2);
        Assert.Equal(1, _table.Count);
        Assert.Equal(2, LimitOf("idle", 5).Counter.At(later).Own);
    }

    [Fact]
    public void Reservations_BodySentChunked_CountsItsBytes()
    {
        var bytes = LimitOf("bytes", 100, QuotaKind.Bytes);
        var calls = LimitOf("calls", 100);
        var reservations = new Reservations();
        foreach (var limit in (Limit[])[bytes, calls])
        {
            var amount = limit.Kind == QuotaKind.Bytes ? 0 : 1;
            Assert.True(limit.Counter.At(Start).TryReserve(amount, limit.Max, Start));
            reservations.Add(limit, limit.Counter.At(Start), amount);
        }

        reservations.CountBytes(40);
        reservations.CountBytes(70);
        Assert.Equal((70, 1), (bytes.Counter.Latest.Own, calls.Counter.Latest.Own));

        reservations.Undo();
        Assert.Equal((0, 0), (bytes.Counter.Latest.Own, calls.Counter.Latest.Own));
    }

    private Limit LimitOf(string key, long max, QuotaKind kind = QuotaKind.Requests) =>
        _table.LimitOf(key, new Quota(kind, max, "min", 1), Faults.SubscriptionLimit);
}
