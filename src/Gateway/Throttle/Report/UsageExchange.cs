using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Tollgate.Eventing;
using Tollgate.Model.Events;

namespace Tollgate.Gateway.Throttle.Report;

/// <summary>
/// Sends changed totals to the traffic managers every 100 ms, those of keys close to their limit every 20 ms, and hears what they announce.
/// </summary>
internal sealed class UsageExchange(CounterTable counters, Bus bus, TimeProvider time) : BackgroundService
{
    private const int TicksForAll = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan EvictionPause = TimeSpan.FromMinutes(1);

    private readonly UsageReports _reports = new(counters, Guid.NewGuid().ToString("n"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var announcements = bus.Announcements.Subscribe();
        using var timer = new PeriodicTimer(Pause, time);
        var evictAt = time.GetUtcNow() + EvictionPause;
        var ticking = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var hearing = announcements.WaitToReadAsync(stoppingToken).AsTask();
        var wanted = counters.WantedAsync(stoppingToken);
        for (var tick = 0; ;)
        {
            await await Task.WhenAny(ticking, hearing, wanted);
            if (hearing.IsCompleted)
            {
                Hear(announcements);
                hearing = announcements.WaitToReadAsync(stoppingToken).AsTask();
            }

            if (wanted.IsCompleted)
            {
                Send(all: false);
                wanted = counters.WantedAsync(stoppingToken);
            }

            if (ticking.IsCompleted)
            {
                Send(all: ++tick % TicksForAll == 0);
                ticking = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            }

            var now = time.GetUtcNow();
            if (now >= evictAt)
            {
                counters.EvictIdle(counters.Clock.Now);
                evictAt = now + EvictionPause;
            }
        }
    }

    private void Hear(ChannelReader<Announcement> announcements)
    {
        while (announcements.TryRead(out var announcement))
        {
            _reports.Hear(announcement);
        }
    }

    private void Send(bool all)
    {
        foreach (var message in _reports.Collect(all))
        {
            bus.Usage.Publish(message);
        }
    }
}
