using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Tollgate.Eventing.InProcess;
using Tollgate.Model.Events;
using Tollgate.TrafficManager.Count;

namespace Tollgate.TrafficManager.Announce;

/// <summary>Merges totals as they come and announces changed sums every 100 ms.</summary>
internal sealed class TrafficManagerService(TallyBook book, InProcessBus bus, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ForgetPause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var totals = bus.Usage.Subscribe();
        using var timer = new PeriodicTimer(Pause, time);
        var forgetAt = time.GetUtcNow() + ForgetPause;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Merge(totals);
            var now = time.GetUtcNow();
            var announced = book.Announce(now.ToUnixTimeMilliseconds());
            if (announced.Count > 0)
            {
                bus.Announcements.Publish(new Announcement(now.ToUnixTimeMilliseconds(), announced));
            }

            if (now >= forgetAt)
            {
                book.Forget(now.ToUnixTimeMilliseconds());
                forgetAt = now + ForgetPause;
            }
        }
    }

    private void Merge(ChannelReader<UsageTotals> totals)
    {
        while (totals.TryRead(out var batch))
        {
            book.Merge(batch);
        }
    }
}
