using Tollgate.DevPortal.Watch;
using Tollgate.Model.Events;

namespace Tollgate.Unit.DevPortal.Watch;

/// <summary>The sums that the developer portal shows.</summary>
public sealed class AnnouncedUsageTests
{
    private const long Minute = 60_000;

    private readonly AnnouncedUsage _totals = new(null, TimeProvider.System);

    [Fact]
    public void Used_InTheAnnouncedWindow_IsTheLargestTotalAndNothingInTheNext()
    {
        Announce(10 * Minute, 5);
        Announce(10 * Minute, 3);

        Assert.Equal(5, _totals.Used("key", Minute, (10 * Minute) + 1));
        Assert.Equal(0, _totals.Used("key", Minute, 11 * Minute));
        Assert.Equal(0, _totals.Used("other", Minute, 10 * Minute));
        Assert.Equal(0, _totals.Used("key", 2 * Minute, 10 * Minute));
    }

    [Fact]
    public void Learn_AWindowThatIsOver_DoesNotReplaceTheNewerOne()
    {
        Announce(11 * Minute, 2);
        Announce(10 * Minute, 9);

        Assert.Equal(2, _totals.Used("key", Minute, 11 * Minute));
    }

    [Fact]
    public void Prune_ForgetsWhatIsOverAndKeepsTheRest()
    {
        Announce(10 * Minute, 5);

        _totals.Prune((11 * Minute) - 1);
        Assert.Equal(5, _totals.Used("key", Minute, 10 * Minute));
        _totals.Prune((11 * Minute) + 1);
        Assert.Equal(0, _totals.Used("key", Minute, 10 * Minute));
    }

    private void Announce(long windowStart, long total) =>
        _totals.Learn(new Announced("key", windowStart, Minute, total, 0, 0, []));
}
