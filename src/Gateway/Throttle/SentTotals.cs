namespace Tollgate.Gateway.Throttle;

/// <summary>
/// What traffic managers were told of one key, by the number of the message: an announced sum holds no more of this gateway than stood in the last
/// message that the traffic manager had.
/// </summary>
internal sealed class SentTotals
{
    // Some 100 ms of messages where the limit is near, and a second where traffic managers are that far behind. For what is older the oldest one stands:
    // a little more than the sum may hold of this gateway, so that what it is taken from is less than the others used, and never more.
    private const int Usual = 6;
    private const int Most = 48;

    private SentTotal[]? _sent;
    private int _next;
    private long _asked;
    private bool _hasLost;

    /// <summary>Number of the last message; 0 when there was none.</summary>
    public long LastNumber { get; private set; }

    /// <param name="sent">The next one.</param>
    /// <param name="isShared">Others use the key too, so that more may be kept of it.</param>
    public void Add(SentTotal sent, bool isShared)
    {
        _sent ??= new SentTotal[Usual];
        if (isShared && _sent[_next].Number > _asked && _sent.Length < Most)
        {
            Grow(_sent);
        }

        _hasLost |= _sent[_next].Number > 0;
        _sent[_next] = sent;
        _next = (_next + 1) % _sent.Length;
        LastNumber = sent.Number;
    }

    /// <summary>The most that a traffic manager has whose last message is this one; all zeros when it has nothing.</summary>
    public SentTotal Included(long latest)
    {
        if (_sent is null)
        {
            return default;
        }

        _asked = latest;
        var oldest = _sent[_next].Number > 0 ? _sent[_next] : _hasLost ? _sent[0] : default;
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

    // What is kept stays in its order, from the oldest one on.
    private void Grow(SentTotal[] sent)
    {
        _sent = new SentTotal[2 * sent.Length];
        sent.AsSpan(_next).CopyTo(_sent);
        sent.AsSpan(0, _next).CopyTo(_sent.AsSpan(sent.Length - _next));
        _next = sent.Length;
    }
}

/// <summary>What one message said of one key.</summary>
internal readonly record struct SentTotal(long Number, long WindowStart, long Total, long Previous, double Demand)
{
    /// <summary>What it said of a window: its own, or the one before it.</summary>
    public long TotalIn(long windowStart, long windowLength) => WindowStart == windowStart ? Total
        : WindowStart == windowStart + windowLength ? Previous
        : 0;
}
