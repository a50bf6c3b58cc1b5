using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Tollgate.Eventing;
using Tollgate.Model.Events;
using Tollgate.TrafficManager.Count;

namespace Tollgate.TrafficManager.Announce;

/// <summary>Merges totals as they come and announces sums: every 20 ms where limits are near, otherwise when a gateway would not know.</summary>
internal sealed class TrafficManagerService(Bus bus, CounterQuestions questions, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string _incarnation = Guid.NewGuid().ToString("n");
    private readonly SharedClock _clock = new(time);
    private readonly SortedDictionary<int, TallyBook> _books = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var totals = bus.Usage.Subscribe();
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Its own clock is one of those that are shared.
            _clock.Hear(time.GetUtcNow().ToUnixTimeMilliseconds());
            Merge(totals);
            foreach (var book in _books.Values)
            {
                if (book.Announce() is { } announcement)
                {
                    bus.Announcements.Publish(announcement);
                }
            }

            questions.Answer(_books.Values);
        }
    }

    private void Merge(ChannelReader<UsageTotals> totals)
    {
        while (totals.TryRead(out var batch))
        {
            if (!_books.TryGetValue(batch.Partition, out var book))
            {
                _books[batch.Partition] = book = new TallyBook(_incarnation, batch.Partition, _clock);
            }

            book.Merge(batch);
        }
    }
}
