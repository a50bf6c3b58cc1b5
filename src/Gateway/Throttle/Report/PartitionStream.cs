using Tollgate.Model.Events;

namespace Tollgate.Gateway.Throttle.Report;

/// <summary>The messages of this gateway in one partition: their numbers, and what of them which traffic manager has. Used by one thread.</summary>
internal sealed class PartitionStream
{
    // What was not acknowledged after this long was lost on the way, or the traffic manager is new.
    private const long PatienceMilliseconds = 500;
    private const long SilenceMilliseconds = 900;

    private readonly Dictionary<string, (long Acknowledged, long Number, long HeardAt)> _managers = [];
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

    /// <summary>Up to which message this traffic manager has everything; false when the announcement was overtaken by a later one.</summary>
    public bool Hear(Announcement announcement, string gateway, long now, out long acknowledged)
    {
        var known = _managers.GetValueOrDefault(announcement.TrafficManager);
        acknowledged = known.Acknowledged;
        foreach (var (name, number) in announcement.Acknowledged)
        {
            if (name == gateway)
            {
                acknowledged = Math.Max(acknowledged, number);
            }
        }

        var isNews = announcement.Number > known.Number;
        _managers[announcement.TrafficManager] = (acknowledged, Math.Max(known.Number, announcement.Number), now);
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
}
