using Tollgate.Model.Events;

namespace Tollgate.Gateway.Throttle;

/// <summary>What was let through before a window began, where limits are not held to in fixed windows. Read by every call.</summary>
/// <param name="known">What other gateways let through in the window before, as far as known when it ended, and all that came before that.</param>
/// <param name="last">The window before, of this gateway; null when it let nothing through then. Calls that began in it may still count.</param>
internal sealed class Preceding(Carryover known, Window? last)
{
    private long _others = known.Previous;
    private double _fullAt = known.FullAt;
    private long _own;
    private Window? _last = last;

    /// <summary>What this gateway let through in the window before.</summary>
    public long Own => Volatile.Read(ref _own) + (Volatile.Read(ref _last)?.Admitted ?? 0);

    /// <summary>What others did, as far as announced.</summary>
    public long Others => Volatile.Read(ref _others);

    /// <summary>What gateways tell.</summary>
    public Carryover OfThisGateway => known with { Previous = Own, FullAt = Volatile.Read(ref _fullAt) };

    public Carryover OfAll => known with { Previous = Own + Others, FullAt = Volatile.Read(ref _fullAt) };

    /// <summary>Learns what was announced; the larger value is the later one. Called by the thread that hears.</summary>
    public void Learn(long others, double fullAt)
    {
        Volatile.Write(ref _others, Math.Max(_others, others));
        Volatile.Write(ref _fullAt, Math.Max(_fullAt, fullAt));
    }

    /// <summary>Its own window is over, and what was before that window need not be held any longer.</summary>
    public void Close()
    {
        Volatile.Write(ref _own, Own);
        Volatile.Write(ref _last, null);
    }
}
