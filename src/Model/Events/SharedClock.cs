namespace Tollgate.Model.Events;

/// <summary>
/// The clock by which windows begin and end, the same on all nodes: that of the traffic manager that is furthest ahead. A node learns it from
/// the times in messages, whatever its own clock says.
/// </summary>
/// <remarks>
/// A message is never early, so the largest difference between a time it carries and the own clock is the best one; differences are kept for a
/// minute at most, so that a clock which was set back is followed.
/// </remarks>
public sealed class SharedClock(TimeProvider time)
{
    private const long KeepMilliseconds = 30_000;

    private readonly Lock _lock = new();
    private long _offset;
    private long _latest = long.MinValue;
    private long _previous = long.MinValue;
    private long _turnedAt;

    /// <summary>Milliseconds that the shared clock is ahead of this node's own.</summary>
    public long Offset => Volatile.Read(ref _offset);

    /// <summary>False before anything was heard.</summary>
    public bool IsSet { get; private set; }

    /// <summary>Unix milliseconds.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds() + Offset;

    /// <summary>Learns the time at a traffic manager, or what a gateway learned of it.</summary>
    public void Hear(long serverTime)
    {
        var own = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            if (own - _turnedAt > KeepMilliseconds || own < _turnedAt)
            {
                (_previous, _latest, _turnedAt) = (_latest, long.MinValue, own);
            }

            _latest = Math.Max(_latest, serverTime - own);
            Volatile.Write(ref _offset, Math.Max(_latest, _previous));
            IsSet = true;
        }
    }
}
