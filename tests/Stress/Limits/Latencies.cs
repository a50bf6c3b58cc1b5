namespace Tollgate.Stress.Limits;

/// <summary>How long answers took: counts in steps of a quarter of a millisecond.</summary>
internal sealed class Latencies
{
    private const int StepsPerMillisecond = 4;
    private readonly long[] _counts = new long[2_000 * StepsPerMillisecond];
    private long _count;
    private long _longest;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Milliseconds.</summary>
    public double Longest => TimeSpan.FromTicks(Interlocked.Read(ref _longest)).TotalMilliseconds;

    public void Add(TimeSpan taken)
    {
        Interlocked.Increment(ref _counts[Math.Min((int)(taken.TotalMilliseconds * StepsPerMillisecond), _counts.Length - 1)]);
        Interlocked.Increment(ref _count);
        for (var longest = Interlocked.Read(ref _longest); taken.Ticks > longest; longest = Interlocked.Read(ref _longest))
        {
            Interlocked.CompareExchange(ref _longest, taken.Ticks, longest);
        }
    }

    /// <summary>Milliseconds that this part of all answers took at most.</summary>
    public double At(double part)
    {
        var left = (long)Math.Ceiling(Count * part);
        for (var step = 0; step < _counts.Length; step++)
        {
            left -= Interlocked.Read(ref _counts[step]);
            if (left <= 0)
            {
                return (step + 1.0) / StepsPerMillisecond;
            }
        }

        return Longest;
    }

    public override string ToString() => $"{Count} answers, 50 % within {At(0.5)} ms, 99 % {At(0.99)}, 99.9 % {At(0.999)}, all {Longest:F1}";
}
