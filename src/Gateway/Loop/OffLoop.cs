namespace Tollgate.Gateway.Loop;

/// <summary>
/// Runs work that is no call's business on the thread pool, and keeps it there: after each await as well, where a socket's answer would
/// otherwise bring it onto the loop (<see cref="SocketLoop"/>).
/// </summary>
internal static class OffLoop
{
    private static readonly PoolContext Pool = new();

    public static Task RunAsync(Func<Task> work) => RunAsync(static work => work(), work);

    public static async Task RunAsync<T>(Func<T, Task> work, T state)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await Begin(work, state).ConfigureAwait(false);
    }

    // The context is the thread's only until the work first waits: every continuation of the work gets it again from its await.
    private static Task Begin<T>(Func<T, Task> work, T state)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Pool);
        try
        {
            return work(state);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private sealed class PoolContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(
            static work =>
            {
                SetSynchronizationContext(Pool);
                try
                {
                    work.Callback(work.State);
                }
                finally
                {
                    SetSynchronizationContext(null);
                }
            },
            (Callback: d, State: state), preferLocal: false);

        public override SynchronizationContext CreateCopy() => this;
    }
}
