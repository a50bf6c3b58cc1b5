namespace Tollgate.Gateway.Throttle;

/// <summary>
/// Lets a call wait a moment for permits: the first one of a window finds none. Bounded, so that a traffic manager that does not answer cannot fill
/// the gateway with waiting calls.
/// </summary>
internal sealed class PermitWait(CounterTable counters, TimeProvider time)
{
    private const int MostWaiting = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private int _waiting;

    /// <summary>Makes the call wait; false when it has waited before, too many do, or there is nothing to wait for.</summary>
    public bool TryBegin(Limit limit, Exchange exchange)
    {
        if (exchange.HasWaitedForPermits || !limit.MayGetPermits(exchange.Now) || Volatile.Read(ref _waiting) >= MostWaiting)
        {
            return false;
        }

        exchange.HasWaitedForPermits = true;
        exchange.Waiting = WaitAsync(limit.Counter.Permits!.Next);
        counters.Wake();
        return true;
    }

    private async Task WaitAsync(Task permits)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await permits.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            // None came; the stage runs again all the same and refuses.
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
