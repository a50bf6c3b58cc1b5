namespace Tollgate.Storage.Dialects;

/// <summary>Threads for calls that block, so that these never take a thread that requests or the gateway need.</summary>
/// <remarks>A thread is started when none is idle and ends after a while without work; sessions limit how many there are.</remarks>
internal sealed class BlockingThreads(string name)
{
    private static readonly TimeSpan KeepIdle = TimeSpan.FromSeconds(30);

    private readonly Queue<Action> _waiting = new();
    private int _idle;

    public Task<T> RunAsync<T>(Func<T> call)
    {
        // Whoever awaits must not go on working on one of these threads.
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(() =>
        {
            try
            {
                done.SetResult(call());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task;
    }

    private void Add(Action call)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(call);
            if (_waiting.Count <= _idle)
            {
                Monitor.Pulse(_waiting);
                return;
            }
        }

        new Thread(Work) { IsBackground = true, Name = name }.Start();
    }

    private void Work()
    {
        while (Take() is { } call)
        {
            call();
        }
    }

    private Action? Take()
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0)
            {
                _idle++;
                var pulsed = Monitor.Wait(_waiting, KeepIdle);
                _idle--;
                if (!pulsed && _waiting.Count == 0)
                {
                    return null;
                }
            }

            return _waiting.Dequeue();
        }
    }
}
