namespace Tollgate.Gateway.Forward;

/// <summary>The idle connections of a pool, last in first out, without locks: the warm ones are used, the others grow old.</summary>
/// <remarks>
/// Places of an array are linked into two lists, the taken and the free ones. A list's head is one number: the place in the low half and, in
/// the high half, a count that each exchange raises, so that a head that went away and came back is not mistaken for an unchanged one.
/// </remarks>
internal sealed class IdleStack
{
    private readonly BackendConnection?[] _connections;

    // Places are counted from one; zero ends a list.
    private readonly int[] _next;
    private long _taken;
    private long _free = 1;

    public IdleStack(int capacity)
    {
        _connections = new BackendConnection?[capacity];
        _next = new int[capacity + 1];
        for (var place = 1; place < capacity; place++)
        {
            _next[place] = place + 1;
        }
    }

    /// <summary>False when there is no room.</summary>
    public bool TryPush(BackendConnection connection)
    {
        var place = Take(ref _free);
        if (place == 0)
        {
            return false;
        }

        _connections[place - 1] = connection;
        Put(ref _taken, place);
        return true;
    }

    /// <summary>The connection that was pushed last; null when there is none.</summary>
    public BackendConnection? TryPop()
    {
        var place = Take(ref _taken);
        if (place == 0)
        {
            return null;
        }

        var connection = _connections[place - 1];
        _connections[place - 1] = null;
        Put(ref _free, place);
        return connection;
    }

    private int Take(ref long list)
    {
        while (true)
        {
            var head = Volatile.Read(ref list);
            var place = (int)head;
            if (place == 0 || Exchange(ref list, head, Volatile.Read(ref _next[place])))
            {
                return place;
            }
        }
    }

    private void Put(ref long list, int place)
    {
        while (true)
        {
            var head = Volatile.Read(ref list);
            Volatile.Write(ref _next[place], (int)head);
            if (Exchange(ref list, head, place))
            {
                return;
            }
        }
    }

    private static bool Exchange(ref long list, long head, int place) =>
        Interlocked.CompareExchange(ref list, (((head >> 32) + 1) << 32) | (uint)place, head) == head;
}
