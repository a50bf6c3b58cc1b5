using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Storage.Runtime;

namespace Tollgate.Sync.Announce;

/// <summary>Notices writes of other processes: while gateways wait, the version row is read again and again.</summary>
internal sealed partial class VersionPoll(ApimDatabase database, RuntimeSignal signal, TimeProvider time, ILogger<VersionPoll> log) : BackgroundService
{
    private TaskCompletionSource _hint = NewHint();
    private int _waiting;
    private bool _failing;

    /// <summary>Waits until a version above <paramref name="since"/> is known, or the time is over.</summary>
    public async Task WaitAsync(long since, TimeSpan atMost, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await signal.NewerThan(since).WaitAsync(atMost, time, cancellation);
        }
        catch (TimeoutException)
        {
            // Nothing changed; the follower asks again.
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>There may be a newer version: looks for it now.</summary>
    public void Look() => Interlocked.Exchange(ref _hint, NewHint()).TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var hint = Volatile.Read(ref _hint).Task;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(hint, Task.Delay(database.PollPause, time, stoppingToken));
            // Taken before looking, so that a hint which comes meanwhile counts for the next turn.
            hint = Volatile.Read(ref _hint).Task;
            if (Volatile.Read(ref _waiting) > 0)
            {
                await PollAsync(stoppingToken);
            }
        }
    }

    private static TaskCompletionSource NewHint() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task PollAsync(CancellationToken stopping)
    {
        try
        {
            signal.Raise((await database.CursorAsync(stopping)).Version);
            _failing = false;
        }
        catch (Exception error) when (!stopping.IsCancellationRequested && error is not OutOfMemoryException)
        {
            if (!_failing)
            {
                _failing = true;
                Failing(log, error.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The runtime version cannot be read: {Reason}. Gateways learn of changes once it can")]
    private static partial void Failing(ILogger log, string reason);
}
