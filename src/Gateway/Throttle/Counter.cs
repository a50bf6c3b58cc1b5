namespace Tollgate.Gateway.Throttle;

/// <summary>The counter of one throttle key: always the current window, rolled over by the first request of the next one.</summary>
internal sealed class Counter(CounterTable table, string key, long windowLength)
{
    private readonly Lock _rolling = new();
    private Window _window = new(0, 0);
    private int _changed;
    private bool _evicted;

    public string Key => key;

    public long WindowLength => windowLength;

    /// <summary>The limit it was last used with; told to traffic managers.</summary>
    public long Limit { get; set; }

    public Window Latest => Volatile.Read(ref _window);

    /// <summary>The window that contains this moment.</summary>
    public Window At(long now)
    {
        var window = Volatile.Read(ref _window);
        // A clock that steps back by more than a window starts over, instead of counting into a far window for that long.
        return now < window.End && now > window.Start - windowLength ? window : Roll(now);
    }

    /// <summary>Notes that the total changed, for the next batch to traffic managers.</summary>
    public void Touch()
    {
        if (Volatile.Read(ref _changed) == 0 && Interlocked.Exchange(ref _changed, 1) == 0)
        {
            table.Changed(this);
        }
    }

    /// <summary>Called before the total is read for a batch: what is counted from here on is in the next one.</summary>
    public void Collected() => Volatile.Write(ref _changed, 0);

    /// <summary>True when the counter was idle and has been given up; whoever still holds it finds its successor on the next use.</summary>
    public bool TryEvict(long idleSince)
    {
        lock (_rolling)
        {
            _evicted = _window.End < idleSince;
            return _evicted;
        }
    }

    // Once per window and counter, so a lock is cheap here.
    private Window Roll(long now)
    {
        Counter current;
        lock (_rolling)
        {
            current = _evicted ? table.Readopt(this) : this;
            if (ReferenceEquals(current, this))
            {
                _evicted = false;
                if (now >= _window.End || now <= _window.Start - windowLength)
                {
                    Volatile.Write(ref _window, new Window(now - (now % windowLength), windowLength));
                }

                return _window;
            }
        }

        return current.At(now);
    }
}
