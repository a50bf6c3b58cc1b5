using Tollgate.Gateway;
using Tollgate.Gateway.Throttle;
using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.Unit.Gateway.Throttle;

/// <summary>Counting: exact under many threads, per window, and told to others only when it cannot be taken back.</summary>
public sealed class CounterTests
{
    private const long Minute = 60_000;
    private const long Start = 1_000 * Minute;

    private readonly CounterTable _table = new(new SharedClock(TimeProvider.System), isShared: false);

    [Fact]
    public async Task Reserve_FromManyThreads_AdmitsExactlyTheLimit()
    {
        const int Max = 1_000;
        var limit = LimitOf("many", Max);
        var admitted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 500).Count(_ => Reserve(limit, Start)))));
        Assert.Equal(Max, admitted.Sum());
        Assert.Equal((Max, Max), (limit.Counter.Latest.Own, limit.Counter.Latest.Admitted));
    }

    [Fact]
    public async Task Reserve_AndTakenBackFromManyThreads_EndsAtZeroAndIsNeverTold()
    {
        var window = LimitOf("undone", 10).Counter.At(Start);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                if (window.TryReserve(1, 10))
                {
                    Assert.InRange(window.Own, 1, 10);
                    Assert.Equal(0, window.Admitted);
                    window.Undo(1);
                }
            }
        })));
        Assert.Equal(0, window.Own);
    }

    [Fact]
    public void Window_AtTheMinute_BeginsAnew()
    {
        var limit = LimitOf("minute", 1);
        Assert.True(Reserve(limit, Start));
        Assert.False(Reserve(limit, Start + Minute - 1));
        Assert.Equal((Start + Minute, 0), (limit.Counter.At(Start + Minute).Start, limit.Counter.At(Start + Minute).Own));
    }

    [Fact]
    public void Window_ClockStepsBackALittle_GoesOnCounting()
    {
        var limit = LimitOf("back", 1);
        Assert.True(Reserve(limit, Start));
        Assert.False(Reserve(limit, Start - 500));
        // Further: the clock was set, and counting on would refuse for as long as it was wrong.
        Assert.Equal(Start - (10 * Minute), limit.Counter.At(Start - (10 * Minute)).Start);
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
            Assert.True(limit.TryReserve(limit.Kind == QuotaKind.Bytes ? 0 : 1, Start, reservations));
        }

        reservations.Admit();
        reservations.CountBytes(40);
        reservations.CountBytes(70);
        Assert.Equal((70, 1), (bytes.Counter.Latest.Own, calls.Counter.Latest.Own));
        Assert.Equal((70, 1), (bytes.Counter.Latest.Admitted, calls.Counter.Latest.Admitted));
    }

    [Fact]
    public void Reservations_RefusedByALaterLimit_AreTakenBackAndNeverTold()
    {
        var (first, second) = (LimitOf("first", 10), LimitOf("second", 1));
        Assert.True(Reserve(second, Start));
        var reservations = new Reservations();
        Assert.True(first.TryReserve(1, Start, reservations));
        Assert.False(second.TryReserve(1, Start, reservations));
        reservations.Undo();
        Assert.Equal((0, 0), (first.Counter.Latest.Own, first.Counter.Latest.Admitted));
        Assert.Equal((1, 1), (second.Counter.Latest.Own, second.Counter.Latest.Admitted));
    }

    private static bool Reserve(Limit limit, long now)
    {
        var reservations = new Reservations();
        var reserved = limit.TryReserve(1, now, reservations);
        reservations.Admit();
        return reserved;
    }

    private Limit LimitOf(string key, long max, QuotaKind kind = QuotaKind.Requests) =>
        _table.LimitOf(key, new Quota(kind, max, "min", 1), Faults.SubscriptionLimit);
}
