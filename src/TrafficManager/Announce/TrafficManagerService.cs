using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Tollgate.Eventing;
using Tollgate.Model.Events;
using Tollgate.TrafficManager.Count;

namespace Tollgate.TrafficManager.Announce;

/// <summary>Merges totals as they come and announces sums: every 20 ms where limits are near, otherwise when a gateway would not know.</summary>
internal sealed class TrafficManagerService(
    Bus bus, PermitDesk permits, CheckpointKeeper checkpoints, CounterQuestions questions, TrafficManagerMeters meters, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string _incarnation = Guid.NewGuid().ToString("n");
    private readonly SharedClock _clock = new(time);
    private readonly SortedDictionary<int, TallyBook> _books = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        AllCounters.Answer(bus, questions);
        var totals = bus.Usage.Subscribe();
        using var timer = new PeriodicTimer(Pause, time);
        var ticking = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var hearing = totals.WaitToReadAsync(stoppingToken).AsTask();
        while (true)
        {
            Task[] awaited = permits.Answered is { } answered ? [ticking, hearing, answered] : [ticking, hearing];
            var first = await Task.WhenAny(awaited);
            if (first == ticking || first == hearing)
            {
                // Ends with the node.
                await first;
            }

            if (hearing.IsCompleted)
            {
                Merge(totals, stoppingToken);
                permits.Ask(_books.Values, stoppingToken);
                hearing = totals.WaitToReadAsync(stoppingToken).AsTask();
            }

            // Permits that a call may be waiting for go out at once.
            var hasPermits = permits.Answered is { IsCompleted: true };
            if (hasPermits)
            {
                await permits.HandOutAsync();
                permits.Ask(_books.Values, stoppingToken);
            }

            if (ticking.IsCompleted)
            {
                // Its own clock is one of those that are shared.
                _clock.Hear(time.GetUtcNow().ToUnixTimeMilliseconds());
                await checkpoints.TickAsync(_books.Values, stoppingToken);
                ticking = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                Announce();
            }
            else if (hasPermits)
            {
                Announce();
            }

            questions.Answer(_books.Values);
        }
    }

    private void Announce()
    {
        meters.Look(_books.Values);
        foreach (var book in _books.Values)
        {
            if (book.Announce() is { } announcement)
            {
                bus.Announcements.Publish(announcement);
            }
        }
    }

    private void Merge(ChannelReader<UsageTotals> totals, CancellationToken stopping)
    {
        while (totals.TryRead(out var batch))
        {
            if (!_books.TryGetValue(batch.Partition, out var book))
            {
                _books[batch.Partition] = book = new TallyBook(_incarnation, batch.Partition, _clock);
                checkpoints.Take(book, stopping);
            }

            book.Merge(batch);
            meters.Counted(batch.SentAt, _clock.Now);
        }
    }
}
