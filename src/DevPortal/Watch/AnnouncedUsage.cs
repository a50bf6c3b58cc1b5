using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Tollgate.Eventing;
using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.DevPortal.Watch;

/// <summary>The traffic manager's sums, as it last announced them; there are some on nodes that share a bus with it.</summary>
internal sealed class AnnouncedUsage(Bus? bus, TimeProvider time) : BackgroundService
{
    private const long PruneMilliseconds = 60_000;

    private readonly ConcurrentDictionary<(string Key, long WindowMilliseconds), Known> _totals = new();

    /// <summary>False on a node that hears of no traffic manager.</summary>
    public bool IsAvailable => bus is not null;

    /// <summary>How much of a quota is used at this moment, and when all of it is there again.</summary>
    public (long Used, long WholeAt) Used(string key, Quota quota, long now)
    {
        var length = quota.CountedMilliseconds;
        var start = now - (now % length);
        if (!_totals.TryGetValue((key, length), out var known) || known.WindowStart > start)
        {
            return (0, start + length);
        }

        var (total, before) = known.WindowStart == start
            ? (known.Total, known.Before)
            : (0, known.Before.After(known.Total, quota.Limit, known.WindowStart, length, start));
        return (total + before.Taken(quota.Limit, start, length, now), before.ForgottenAt(total, quota.Limit, start, length));
    }

    public void Learn(Announced announced)
    {
        var news = new Known(announced.WindowStart, announced.Total, announced.Before);
        _totals.AddOrUpdate(
            (announced.Key, announced.WindowMilliseconds), news, (_, known) => news.WindowStart > known.WindowStart ? news
                : news.WindowStart == known.WindowStart ? new Known(known.WindowStart, Math.Max(known.Total, news.Total), news.Before.Max(known.Before))
                : known);
    }

    /// <summary>Forgets windows that are over.</summary>
    public void Prune(long now)
    {
        foreach (var (id, known) in _totals)
        {
            if (known.WindowStart + id.WindowMilliseconds + (2 * known.Before.Period) < now)
            {
                _totals.TryRemove(KeyValuePair.Create(id, known));
            }
        }
    }

    private sealed record Known(long WindowStart, long Total, Carryover Before);

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
