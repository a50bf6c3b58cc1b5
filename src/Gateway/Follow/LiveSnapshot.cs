namespace Tollgate.Gateway.Follow;

/// <summary>The snapshot that requests read, and those who wait for a newer one.</summary>
internal sealed class LiveSnapshot
{
    private readonly Lock _lock = new();
    private Snapshot _current = Snapshot.Empty;
    private long _heardAt;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When the control plane last answered, Unix milliseconds; 0 before it did.</summary>
    public long HeardAt
    {
        get => Volatile.Read(ref _heardAt);
        set => Volatile.Write(ref _heardAt, value);
    }

    public Snapshot Current => Volatile.Read(ref _current);

    /// <summary>Completes at the next swap.</summary>
    public Task NextSwap
    {
        get
        {
            lock (_lock)
            {
                return _next.Task;
            }
        }
    }

    public void Swap(Snapshot next)
    {
        TaskCompletionSource waiters;
        lock (_lock)
        {
            Volatile.Write(ref _current, next);
            waiters = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiters.SetResult();
    }
}
