using Tollgate.DevPortal.Watch;
using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.Unit.DevPortal.Watch;

/// <summary>The sums that the developer portal shows.</summary>
public sealed class AnnouncedUsageTests
{
    private const long Minute = 60_000;
    private static readonly Quota PerMinute = new(QuotaKind.Requests, 10, "min", 1);

    private readonly AnnouncedUsage _totals = new(null, TimeProvider.System);

    [Fact]
    public void Used_InTheAnnouncedWindow_IsTheLargestTotalAndNothingInTheNext()
    {
        Announce(10 * Minute, 5);
        Announce(10 * Minute, 3);

        Assert.Equal((5, 11 * Minute), _totals.Used("key", PerMinute, (10 * Minute) + 1));
        Assert.Equal((0, 12 * Minute), _totals.Used("key", PerMinute, 11 * Minute));
        Assert.Equal(0, _totals.Used("other", PerMinute, 10 * Minute).Used);
        Assert.Equal(0, _totals.Used("key", PerMinute with { UnitTime = 2 }, 10 * Minute).Used);
    }

    [Fact]
    public void Learn_AWindowThatIsOver_DoesNotReplaceTheNewerOne()
    {
        Announce(11 * Minute, 2);
        Announce(10 * Minute, 9);

        Assert.Equal(2, _totals.Used("key", PerMinute, 11 * Minute).Used);
    }

    [Fact]
    public void Used_InASlidingWindow_IsWhatIsLeftOfTheWindowBefore()
    {
        var sliding = PerMinute with { Window = QuotaWindow.Sliding };
        _totals.Learn(new Announced("key", 10 * Minute, Minute, 4, 0, 0, [], new Carryover(QuotaWindow.Sliding, Minute, 8, 0)));

        Assert.Equal((4 + 6, 12 * Minute), _totals.Used("key", sliding, (10 * Minute) + 15_000));
        // Nothing is announced of the next window, and none is needed.
        Assert.Equal((2, 12 * Minute), _totals.Used("key", sliding, (11 * Minute) + 30_000));
        _totals.Prune(12 * Minute);
        Assert.Equal((1, 12 * Minute), _totals.Used("key", sliding, (11 * Minute) + 59_000));
        Assert.Equal(0, _totals.Used("key", sliding, 12 * Minute).Used);
    }

    [Fact]
    public void Used_OfATokenBucket_IsWhatHasNotFlowedBack()
    {
        var bucket = PerMinute with { Window = QuotaWindow.TokenBucket };
        // Ten a minute, and two windows of six seconds: five in each.
        _totals.Learn(new Announced("key", 10 * Minute, 6_000, 5, 0, 0, [], new Carryover(QuotaWindow.TokenBucket, Minute, 5, 0)));

        Assert.Equal((10, (10 * Minute) + 60_000), _totals.Used("key", bucket, 10 * Minute));
        Assert.Equal((5, (10 * Minute) + 60_000), _totals.Used("key", bucket, (10 * Minute) + 30_000));
        Assert.Equal(0, _totals.Used("key", bucket, 11 * Minute).Used);
    }

    [Fact]
    public void Prune_ForgetsWhatIsOverAndKeepsTheRest()
    {
        Announce(10 * Minute, 5);

        _totals.Prune((11 * Minute) - 1);
        Assert.Equal(5, _totals.Used("key", PerMinute, 10 * Minute).Used);
        _totals.Prune((11 * Minute) + 1);
        Assert.Equal(0, _totals.Used("key", PerMinute, 10 * Minute).Used);
    }

    private void Announce(long windowStart, long total) =>
        _totals.Learn(new Announced("key", windowStart, Minute, total, 0, 0, []));
}
