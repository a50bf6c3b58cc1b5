namespace Tollgate.Storage.Runtime;

/// <summary>Wakes those who wait for a newer runtime version. Only a hint: the number in the database decides.</summary>
public sealed class RuntimeSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version;

    /// <summary>The newest version that was raised in this process.</summary>
    public long Newest
    {
        get
        {
            lock (_lock)
            {
                return _version;
            }
        }
    }

    public void Raise(long version)
    {
        TaskCompletionSource waiters;
        lock (_lock)
        {
            if (version <= _version)
            {
                return;
            }

            _version = version;
            waiters = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiters.SetResult();
    }

    /// <summary>Completes when a version above <paramref name="since"/> was raised in this process.</summary>
    public Task NewerThan(long since)
    {
        lock (_lock)
        {
            return _version > since ? Task.CompletedTask : _next.Task;
        }
    }
}
