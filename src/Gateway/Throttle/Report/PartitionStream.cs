using Tollgate.Model.Events;

namespace Tollgate.Gateway.Throttle.Report;

/// <summary>The messages of this gateway in one partition: their numbers, and what of them which traffic manager has. Used by one thread.</summary>
internal sealed class PartitionStream
{
    // What was not acknowledged after this long was lost on the way, or the traffic manager is new.
    private const long PatienceMilliseconds = 500;
    private const long SilenceMilliseconds = 900;

    private readonly Dictionary<string, Heard> _managers = [];
    private long _sentAt;
    private (long Number, long At) _mark;

    /// <summary>Number of the last message.</summary>
    public long Number { get; private set; }

    /// <summary>Numbers the next message.</summary>
    public long Next(long now)
    {
        _sentAt = now;
        return ++Number;
    }

    /// <summary>True when nothing was sent for so long that traffic managers might take this gateway for dead.</summary>
    public bool IsSilent(long now)
    {
        if (now - _sentAt < SilenceMilliseconds && now >= _sentAt)
        {
            return false;
        }

        _sentAt = now;
        return true;
    }

    /// <summary>The last message that this traffic manager has; false when the announcement was overtaken by a later one.</summary>
    public bool Hear(Announcement announcement, string gateway, long now, out long latest)
    {
        var known = _managers.GetValueOrDefault(announcement.TrafficManager);
        latest = known.Latest;
        var isNews = announcement.Number > known.Number;
        if (isNews)
        {
            // After a gap it may have had more: news of that came with what is missing.
            latest = announcement.Since <= known.Number ? latest : long.MaxValue;
            known.Number = announcement.Number;
        }

        foreach (var news in announcement.Acknowledged)
        {
            if (news.Gateway == gateway)
            {
                known.Acknowledged = Math.Max(known.Acknowledged, news.Number);
                latest = isNews ? news.Latest : latest;
            }
        }

        _managers[announcement.TrafficManager] = known with { Latest = latest, HeardAt = now };
        return isNews;
    }

    /// <summary>When a traffic manager lacks what was sent some time ago: the last number up to which all of them have everything.</summary>
    public long? Missing(long now)
    {
        if (now - _mark.At < PatienceMilliseconds && now >= _mark.At)
        {
            return null;
        }

        long? missing = null;
        foreach (var (name, manager) in _managers)
        {
            if (now - manager.HeardAt > PartitionLink.SilenceMilliseconds)
            {
                _managers.Remove(name);
            }
            else if (manager.Acknowledged < _mark.Number && manager.Acknowledged < (missing ?? long.MaxValue))
            {
                missing = manager.Acknowledged;
            }
        }

        _mark = (Number, now);
        return missing;
    }

    /// <param name="Acknowledged">It has everything up to this message.</param>
    /// <param name="Latest">The last message it has, as far as known.</param>
    /// <param name="Number">Of its last announcement.</param>
    /// <param name="HeardAt">When that was.</param>
    private record struct Heard(long Acknowledged, long Latest, long Number, long HeardAt);
}
