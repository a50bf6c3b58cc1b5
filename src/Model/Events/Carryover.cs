namespace Tollgate.Model.Events;

/// <summary>What of a limit is taken, in one window, by what was let through before it began.</summary>
/// <remarks>
/// Made of running totals alone, so that every node that has the same totals finds the same, whatever way they came: the total of the window before, and
/// for a token bucket the moment at which it is full again. Both only rise, and receivers keep the larger one (docs/limits.md, docs/adr/0058).
/// </remarks>
/// <param name="Window">How the limit is meant. Nothing is carried over where windows are fixed.</param>
/// <param name="Period">Milliseconds in which the limit holds. Those of a token bucket are counted in shorter windows.</param>
/// <param name="Previous">What was let through in the window before.</param>
/// <param name="FullAt">When the bucket would be full but for what was let through in the window before and in this one, in Unix milliseconds.</param>
public readonly record struct Carryover(QuotaWindow Window, long Period, long Previous, double FullAt)
{
    // A limit that is lowered, or a clock that was wrong, must not refuse for much longer than the limit's own period.
    private const int MostPeriods = 2;

    /// <summary>How much of the limit is taken at a moment of the window.</summary>
    public long Taken(long limit, long start, long length, long now) => Window switch
    {
        QuotaWindow.Sliding => (long)Math.Ceiling(Previous * (Math.Clamp(start + length - now, 0, length) / (double)length)),
        QuotaWindow.TokenBucket => (long)Math.Ceiling(Math.Max(0, FullIn(limit, start) - now) * limit / Period),
        _ => 0,
    };

    /// <summary>When no more than this is taken, if nothing is let through meanwhile.</summary>
    public long FallsTo(long taken, long limit, long start, long length) => Window switch
    {
        QuotaWindow.Sliding when Previous > taken => start + length - (long)(length * (taken / (double)Previous)),
        QuotaWindow.TokenBucket => Math.Max(start, (long)Math.Ceiling(FullIn(limit, start) - (taken * (double)Period / limit))),
        _ => start,
    };

    /// <summary>What is taken in a later window, when this much was let through in this one.</summary>
    public Carryover After(long total, long limit, long start, long length, long next)
    {
        if (next == start + length)
        {
            return this with { Previous = total, FullAt = Window == QuotaWindow.TokenBucket ? FullIn(limit, start) : 0 };
        }

        // Nothing is known of a time before this window: the clock was set.
        var full = next > start && Window == QuotaWindow.TokenBucket
            ? new Carryover(Window, Period, total, FullIn(limit, start)).FullIn(limit, start + length)
            : 0;
        return this with { Previous = 0, FullAt = full };
    }

    /// <summary>Until when it matters what was let through up to the end of this window.</summary>
    public long ForgottenAt(long total, long limit, long start, long length) =>
        After(total, limit, start, length, start + length).FallsTo(0, limit, start + length, length);

    /// <summary>What either of two knows.</summary>
    public Carryover Max(in Carryover other) => this with { Previous = Math.Max(Previous, other.Previous), FullAt = Math.Max(FullAt, other.FullAt) };

    // GCRA (ITU-T I.371) with windows for cells: what was let through in the window before puts off the moment at which the bucket is full.
    private double FullIn(long limit, long start) =>
        Math.Min(Math.Max(FullAt, start) + (Previous * (double)Period / limit), start + (MostPeriods * (double)Period));
}
