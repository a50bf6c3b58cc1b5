using System.Diagnostics;
using System.Security.Authentication;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Gateway.Follow.Disk;
using Tollgate.Gateway.Loop;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Follow;

/// <summary>Follows the runtime feed: apply to the snapshot, swap, write to disk, and acknowledge by asking for what comes next.</summary>
internal sealed partial class Follower(
    LiveSnapshot live, FeedClient feed, SnapshotDisk disk, EarlyState early, GatewayOptions options, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<Follower> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private static readonly ActivitySource Traces = new(GatewayTraces.Feed);

    private bool _isAway;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (disk.Load(await early.TakeAsync()) is { } snapshot)
        {
            live.Swap(snapshot);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => OffLoop.RunAsync(() => FollowAsync(stoppingToken));

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        // The host stops its servers before it stops this service; a feed that ends because of that is no news.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        // A control plane in the same process listens once everything has started.
        await StartedAsync(stopping.Token);
        var pause = FirstPause;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await FollowOnceAsync(stopping.Token);
                pause = FirstPause;
                Returned();
            }
            catch (Exception error) when (!stopping.IsCancellationRequested && error is not OutOfMemoryException)
            {
                Lost(error);
                await Task.Delay(pause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task StartedAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stopping);
    }

    private async Task FollowOnceAsync(CancellationToken stopping)
    {
        var current = live.Current;
        SnapshotEditor? editor = null;
        List<RuntimeChange> changes = [];
        var head = await feed.ReadAsync(
            current.Cursor,
            start => editor = new SnapshotEditor(start.From == 0 ? Snapshot.Empty : current, current.Keys, options),
            change =>
            {
                editor!.Apply(change);
                changes.Add(change);
            },
            stopping);
        live.HeardAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        var cursor = new RuntimeCursor(head.Epoch, head.Version);
        if (cursor == current.Cursor)
        {
            return;
        }

        using var span = Traces.StartActivity("apply runtime changes");
        span?.SetTag("tollgate.version", head.Version).SetTag("tollgate.changes", changes.Count);
        var next = editor!.Build(cursor, time.GetUtcNow().ToUnixTimeSeconds());
        // First in force, then on disk: a revocation takes effect before it is acknowledged, and is acknowledged only once it would
        // survive a restart.
        live.Swap(next);
        Warn(current, next);
        disk.Keep(head, changes, current, next);
        if (head.From == 0)
        {
            Replaced(log, head.Version, changes.Count);
        }
    }

    private void Warn(Snapshot before, Snapshot now)
    {
        if (ReferenceEquals(before.CustomPolicies, now.CustomPolicies))
        {
            return;
        }

        foreach (var (name, problem) in now.CustomPolicies.Unread)
        {
            NotRead(log, name, problem);
        }
    }

    private void Lost(Exception error)
    {
        if (!_isAway)
        {
            _isAway = true;
            // What is wrong with a certificate stands in there.
            Away(log, error.InnerException is AuthenticationException refused ? refused.Message : error.Message, live.Current.Cursor.Version);
        }
    }

    private void Returned()
    {
        if (_isAway)
        {
            _isAway = false;
            Back(log, live.Current.Cursor.Version);
        }
    }

    [LoggerMessage(LogLevel.Information, "The control plane sent the whole runtime state: version {Version}, {Count} things")]
    private static partial void Replaced(ILogger log, long version, int count);

    [LoggerMessage(LogLevel.Warning, "The custom policy {Name} counts nothing: {Problem} Save it again in a form that is understood")]
    private static partial void NotRead(ILogger log, string name, string problem);

    [LoggerMessage(LogLevel.Warning, "The control plane cannot be followed: {Reason}. Serving runtime version {Version} meanwhile")]
    private static partial void Away(ILogger log, string reason, long version);

    [LoggerMessage(LogLevel.Information, "Following the control plane again; serving runtime version {Version}")]
    private static partial void Back(ILogger log, long version);
}
