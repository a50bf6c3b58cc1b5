namespace Tollgate.Gateway.Throttle;

/// <summary>How much per second is asked for, as a mean that forgets: half of it is from the last third of a second. Written by one thread.</summary>
internal struct DemandMeter
{
    private const double MemoryMilliseconds = 500;

    // What comes in the first moments is not yet a rate; and what comes after a pause is not the mean over the pause.
    private const double FirstMilliseconds = 100;
    private const double PauseMilliseconds = 2_000;

    private double _weighted;
    private double _weight;
    private long _at;

    public readonly double PerSecond => _weight <= 0 ? 0 : _weighted / _weight;

    /// <summary>Learns what was asked for since the last time.</summary>
    public void Add(long amount, long now)
    {
        var elapsed = Math.Max(1.0, now - _at);
        if (elapsed > PauseMilliseconds)
        {
            (_weighted, _weight, elapsed) = (0, 0, FirstMilliseconds);
        }

        // The mean over the time that was seen at all: it is right from the first moment, and not only once the memory is full.
        var kept = Math.Exp(-elapsed / MemoryMilliseconds);
        _weighted = (_weighted * kept) + (amount * 1000.0 / elapsed * (1 - kept));
        _weight = (_weight * kept) + (1 - kept);
        _at = now;
    }
}
