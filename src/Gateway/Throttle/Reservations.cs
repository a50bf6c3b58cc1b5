using Tollgate.Model;

namespace Tollgate.Gateway.Throttle;

/// <summary>What a request has counted so far, so that a refusal by a later limit takes it back. Reused with its exchange.</summary>
internal sealed class Reservations
{
    // API or operation, subscription quota and burst, application quota and burst, backend. Condition groups and custom policies make more;
    // the array then stays with the connection.
    private const int Usual = 6;

    private (Limit Limit, Window Window, long Amount)[] _made = new (Limit, Window, long)[Usual];
    private int _count;

    public int Count => _count;

    public Limit this[int index] => _made[index].Limit;

    public void Clear() => _count = 0;

    public void Add(Limit limit, Window window, long amount)
    {
        if (_count == _made.Length)
        {
            Array.Resize(ref _made, 2 * _count);
        }

        _made[_count++] = (limit, window, amount);
    }

    /// <summary>A later limit refused the call.</summary>
    public void Undo()
    {
        for (; _count > 0; _count--)
        {
            _made[_count - 1].Window.Undo(_made[_count - 1].Amount);
        }
    }

    /// <summary>All limits let the call pass. Only now do the others hear of it: what they were told cannot be taken back.</summary>
    public void Admit()
    {
        for (var i = 0; i < _count; i++)
        {
            _made[i].Window.Admit(_made[i].Amount);
            _made[i].Limit.Counter.Touch();
        }
    }

    /// <summary>Counts body bytes that were not declared in advance: a chunked body declares none. Totals only rise.</summary>
    public void CountBytes(long sent)
    {
        for (var i = 0; i < _count; i++)
        {
            ref var made = ref _made[i];
            if (made.Limit.Kind == QuotaKind.Bytes && sent > made.Amount)
            {
                made.Window.Add(sent - made.Amount);
                made.Limit.Counter.Touch();
                made.Amount = sent;
            }
        }
    }
}
