using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Tollgate.Eventing;
using Tollgate.Model.Events;

namespace Tollgate.DevPortal.Watch;

/// <summary>The traffic manager's sums, as it last announced them; there are some on nodes that share a bus with it.</summary>
internal sealed class AnnouncedUsage(Bus? bus, TimeProvider time) : BackgroundService
{
    private const long PruneMilliseconds = 60_000;

    private readonly ConcurrentDictionary<(string Key, long WindowMilliseconds), (long WindowStart, long Total)> _totals = new();

    /// <summary>False on a node that hears of no traffic manager.</summary>
    public bool IsAvailable => bus is not null;

    /// <summary>What was counted under a key in the window that contains this moment.</summary>
    public long Used(string key, long windowMilliseconds, long now) =>
        _totals.TryGetValue((key, windowMilliseconds), out var known) && known.WindowStart == now - (now % windowMilliseconds) ? known.Total : 0;

    public void Learn(Announced announced) => _totals.AddOrUpdate(
        (announced.Key, announced.WindowMilliseconds), (announced.WindowStart, announced.Total),
        (_, known) => announced.WindowStart > known.WindowStart
            || (announced.WindowStart == known.WindowStart && announced.Total > known.Total)
                ? (announced.WindowStart, announced.Total)
                : known);

    /// <summary>Forgets windows that are over.</summary>
    public void Prune(long now)
    {
        foreach (var (id, known) in _totals)
        {
            if (known.WindowStart + id.WindowMilliseconds < now)
            {
                _totals.TryRemove(KeyValuePair.Create(id, known));
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (bus is null)
        {
            return;
        }

        var prunedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        await foreach (var announcement in bus.Announcements.Subscribe().ReadAllAsync(stoppingToken))
        {
            foreach (var announced in announcement.Keys)
            {
                Learn(announced);
            }

            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (now - prunedAt > PruneMilliseconds)
            {
                Prune(now);
                prunedAt = now;
            }
        }
    }
}
