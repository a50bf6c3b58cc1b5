using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Gateway.Follow;

namespace Tollgate.Gateway.Listen.Tunnels;

/// <summary>
/// The open WebSocket connections. With every change that comes from the control plane each is judged again, so that what is revoked, blocked,
/// unsubscribed or undeployed does not go on through a door that was open already; and once a second, for what ends by the clock.
/// </summary>
/// <remarks>While no change comes from the control plane and no token expires, a look costs two comparisons per connection.</remarks>
internal sealed partial class OpenTunnels(
    LiveSnapshot live, Pipeline pipeline, CallRecord record, GatewayOptions options, TimeProvider time, ILogger<OpenTunnels> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Changes may come in dozens per second: one look for all of a moment.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // How long a peer may take to answer a close frame.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<OpenTunnel, bool> _open = new();
    private volatile bool _isStopping;

    public int Count => _open.Count;

    /// <summary>Takes a connection that was just opened; its handshake is a call of its own and recorded now.</summary>
    public OpenTunnel Open(Stream client, RequestContext context)
    {
        const int SwitchingProtocols = 101;
        record.Add(context, SwitchingProtocols);
        context.Reader.Keep();
        var tunnel = new OpenTunnel(client, context, this, time);
        _open[tunnel] = true;
        if (_isStopping)
        {
            tunnel.Close(Closing.GoingAway);
        }

        return tunnel;
    }

    public void Forget(OpenTunnel tunnel) => _open.TryRemove(tunnel, out _);

    /// <summary>Judges all of them by what is known now.</summary>
    public void Check()
    {
        var (snapshot, now) = (live.Current, time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var (tunnel, _) in _open)
        {
            if (tunnel.ClosingSince != 0)
            {
                if (time.GetElapsedTime(tunnel.ClosingSince) > Grace)
                {
                    tunnel.Abort();
                }
            }
            else if (tunnel.Silence > options.WebSocketIdleTimeout)
            {
                tunnel.Close(Closing.Silent);
            }
            else if (!tunnel.IsWaiting && (!ReferenceEquals(tunnel.Snapshot, snapshot) || HasExpired(tunnel, now)))
            {
                _ = JudgeAsync(tunnel, snapshot, now);
            }
        }
    }

    /// <summary>Says goodbye to all, and leaves none behind that does not answer.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        foreach (var (tunnel, _) in _open)
        {
            tunnel.Close(Closing.GoingAway);
        }

        await base.StopAsync(cancellationToken);
        var pause = TimeSpan.FromMilliseconds(20);
        for (var waited = TimeSpan.Zero; !_open.IsEmpty && waited < Grace && !cancellationToken.IsCancellationRequested; waited += pause)
        {
            await Task.Delay(pause, time, CancellationToken.None);
        }

        foreach (var (tunnel, _) in _open)
        {
            tunnel.Abort();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var change = live.NextSwap;
            Check();
            await Task.Delay(Pause, time, stoppingToken);
            await Task.WhenAny(change, Task.Delay(Interval, time, stoppingToken));
        }
    }

    private static bool HasExpired(OpenTunnel tunnel, long now) => tunnel.Context.Exchange.ExpiresAt <= now / 1000;

    private async Task JudgeAsync(OpenTunnel tunnel, Snapshot snapshot, long now)
    {
        var context = tunnel.Context;
        var exchange = tunnel.Again ??= new Exchange();
        exchange.Begin(snapshot, context.Exchange.Id, now, startedAt: 0);
        tunnel.IsWaiting = true;
        try
        {
            var verdict = Judge(context, exchange);
            for (; verdict.Step == Step.Suspend; verdict = Judge(context, exchange))
            {
                await exchange.Waiting!;
                exchange.Resume(live.Current);
            }

            if (verdict.Step == Step.Continue)
            {
                tunnel.Snapshot = exchange.Snapshot;
            }
            else if (Closing.Of(verdict.Fault!) is { } why)
            {
                tunnel.Close(why);
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // It is tried again with the next look.
            NotJudged(log, error, context.Exchange.Id);
        }
        finally
        {
            tunnel.IsWaiting = false;
        }
    }

    private Verdict Judge(RequestContext context, Exchange exchange) => pipeline.RunAgain(context.ViewOf(context.Request, exchange.Now), exchange);

    [LoggerMessage(LogLevel.Error, "An open connection could not be judged again, correlation id {CorrelationId}")]
    private static partial void NotJudged(ILogger log, Exception error, string correlationId);
}
