using Tollgate.Eventing.Wire;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>
/// What waits to be sent from one partition to one broker: one message at all times, so that a broker that is away costs memory by keys and not
/// by time.
/// </summary>
internal sealed class Outlet<TMessage, TItem>(MessageForm<TMessage, TItem> form)
    where TMessage : class
{
    /// <summary>A node has no more active keys in a partition than this; further ones are not told to others until there is room.</summary>
    public const int Most = 100_000;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _waiting = new(0, 1);
    private Dictionary<(string Key, long WindowMilliseconds), TItem> _items = [];
    private TMessage? _message;

    /// <summary>Keys that wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _items.Count;
            }
        }
    }

    /// <summary>Adds what a message says to what waits.</summary>
    public void Put(TMessage message)
    {
        lock (_lock)
        {
            Add(_message is null ? message : form.Merge(older: _message, newer: message), form.ItemsOf(message));
        }
    }

    /// <summary>Waits until there is something, and takes all of it.</summary>
    public async Task<(TMessage Message, TItem[] Items)> TakeAsync(CancellationToken cancellation)
    {
        await _waiting.WaitAsync(cancellation);
        lock (_lock)
        {
            var taken = (_message!, _items.Values.ToArray());
            (_message, _items) = (null, []);
            return taken;
        }
    }

    /// <summary>Puts back what could not be sent; what came meanwhile is newer.</summary>
    public void PutBack(TMessage message, TItem[] items)
    {
        lock (_lock)
        {
            Add(_message is null ? message : form.Merge(older: message, newer: _message), items);
        }
    }

    private void Add(TMessage message, IReadOnlyList<TItem> items)
    {
        if (_message is null)
        {
            _waiting.Release();
        }

        _message = message;
        foreach (var item in items)
        {
            var identity = form.IdentityOf(item);
            if (_items.TryGetValue(identity, out var there))
            {
                _items[identity] = form.Merge(there, item);
            }
            else if (_items.Count < Most)
            {
                _items.Add(identity, item);
            }
        }
    }
}
