namespace Tollgate.Gateway.Throttle;

/// <summary>
/// What traffic managers were told of one key, by the number of the message: an announced sum holds no more of this gateway than stood in the last
/// message that the traffic manager had.
/// </summary>
internal sealed class SentTotals
{
    // Some 100 ms of messages where the limit is near. For what is older the oldest one stands: a little more than the sum may hold of this gateway, so
    // that what it is taken from is less than the others used, and never more.
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

    /// <summary>The most that a traffic manager has whose last message is this one; all zeros when it has nothing.</summary>
    public SentTotal Included(long latest)
    {
        if (_sent is null)
        {
            return default;
        }

        var oldest = _sent[_next];
        var included = oldest.Number > latest ? oldest : default;
        foreach (var sent in _sent)
        {
            if (sent.Number <= latest && sent.Number > (included.Number > latest ? 0 : included.Number))
            {
                included = sent;
            }
        }

        return included;
    }
}

/// <summary>What one message said of one key.</summary>
internal readonly record struct SentTotal(long Number, long WindowStart, long Total, double Demand)
{
    public long TotalIn(Window window) => WindowStart == window.Start ? Total : 0;
}
