namespace Tollgate.Gateway.Throttle;

/// <summary>
/// What traffic managers were told of one key, by the number of the message: what an announced sum holds of this gateway is what stood in the
/// last message that the traffic manager had.
/// </summary>
internal sealed class SentTotals
{
    // Some 100 ms of messages where the limit is near. What was acknowledged with an older one counts as the one before: the others then seem to
    // have used a little more than they did, until the next announcement.
    private const int Kept = 6;

    private SentTotal[]? _sent;
    private int _next;

    /// <summary>Number of the last message; 0 when there was none.</summary>
    public long LastNumber { get; private set; }

    public void Add(SentTotal sent)
    {
        _sent ??= new SentTotal[Kept];
        _sent[_next] = sent;
        _next = (_next + 1) % Kept;
        LastNumber = sent.Number;
    }

    /// <summary>What a traffic manager has that acknowledged this number; all zeros when it has nothing.</summary>
    public SentTotal Included(long acknowledged)
    {
        var latest = default(SentTotal);
        foreach (var sent in _sent ?? [])
        {
            if (sent.Number <= acknowledged && sent.Number > latest.Number)
            {
                latest = sent;
            }
        }

        return latest;
    }
}

/// <summary>What one message said of one key.</summary>
internal readonly record struct SentTotal(long Number, long WindowStart, long Total, double Demand)
{
    public long TotalIn(Window window) => WindowStart == window.Start ? Total : 0;
}
