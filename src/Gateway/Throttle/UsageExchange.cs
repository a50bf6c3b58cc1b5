using Microsoft.Extensions.Hosting;
using Tollgate.Eventing.InProcess;
using Tollgate.Model.Events;

namespace Tollgate.Gateway.Throttle;

/// <summary>Sends changed totals to the traffic manager every 100 ms and learns its announcements.</summary>
internal sealed class UsageExchange(CounterTable counters, InProcessBus bus, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan EvictionPause = TimeSpan.FromMinutes(1);

    // New at every start: totals begin at zero again, and a traffic manager must not take that for a step back.
    private readonly string _incarnation = Guid.NewGuid().ToString("n");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(SendAsync(stoppingToken), LearnAsync(stoppingToken));

    private async Task SendAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Pause, time);
        var evictAt = time.GetUtcNow() + EvictionPause;
        while (await timer.WaitForNextTickAsync(stopping))
        {
            if (counters.Collect() is { Count: > 0 } totals)
            {
                bus.Usage.Publish(new UsageTotals(_incarnation, totals));
            }

            var now = time.GetUtcNow();
            if (now >= evictAt)
            {
                counters.EvictIdle(now.ToUnixTimeMilliseconds());
                evictAt = now + EvictionPause;
            }
        }
    }

    private async Task LearnAsync(CancellationToken stopping)
    {
        await foreach (var announcement in bus.Announcements.Subscribe().ReadAllAsync(stopping))
        {
            foreach (var announced in announcement.Keys)
            {
                counters.Learn(announced, _incarnation, time.GetUtcNow().ToUnixTimeMilliseconds());
            }
        }
    }
}
