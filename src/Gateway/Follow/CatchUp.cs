namespace Tollgate.Gateway.Follow;

/// <summary>
/// Lets a request wait a moment for news when its token speaks of something newer than the snapshot: a key just rotated in, a consumer key
/// just made. Bounded, so that garbage cannot fill the gateway with waiting requests.
/// </summary>
internal sealed class CatchUp(LiveSnapshot live, TimeProvider time)
{
    /// <summary>A token older than this does not name something that is still on its way.</summary>
    public const long FreshSeconds = 10;

    private const int MostWaiting = 100;

    // A change of another control-plane node is noticed within 50 ms; what has not come after this is not coming.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private int _waiting;

    /// <summary>Makes the request wait; false when it has waited before, or too many do.</summary>
    public bool TryBegin(Exchange exchange)
    {
        if (exchange.HasWaited || Volatile.Read(ref _waiting) >= MostWaiting)
        {
            return false;
        }

        exchange.HasWaited = true;
        exchange.Waiting = WaitAsync();
        return true;
    }

    private async Task WaitAsync()
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await live.NextSwap.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            // Nothing new came; the stage runs again all the same and decides by what there is.
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
