namespace Tollgate.Gateway.Throttle;

/// <summary>What the limits of one partition know of their traffic managers. Written by the thread that hears them, read by every call.</summary>
/// <param name="partition">Its number.</param>
/// <param name="neighbours">What all partitions know together.</param>
internal sealed class PartitionLink(int partition, Neighbours neighbours)
{
    /// <summary>Announcements come at least every half second; after this long a gateway is cut off.</summary>
    public const long SilenceMilliseconds = 1_800;

    private long _heardAt;
    private long _announcedAt;

    /// <summary>Its number.</summary>
    public int Partition => partition;

    /// <summary>How many gateways share the limits, this one included.</summary>
    public int Gateways => neighbours.Gateways;

    /// <summary>When what was last heard was said, in Unix milliseconds by the shared clock.</summary>
    public long AnnouncedAt => Volatile.Read(ref _announcedAt);

    /// <summary>No traffic manager is heard, or none yet where other gateways share the limits.</summary>
    public bool IsCutOff(long now) => Volatile.Read(ref _heardAt) == 0 ? neighbours.MayExist : IsLost(now);

    /// <summary>A traffic manager was heard, and is not any more.</summary>
    public bool IsLost(long now) => Volatile.Read(ref _heardAt) is var heardAt && heardAt != 0 && now - heardAt > SilenceMilliseconds;

    /// <param name="gateways">How many there are.</param>
    /// <param name="announcedAt">When that was said.</param>
    /// <param name="now">When it is heard.</param>
    public void Hear(int gateways, long announcedAt, long now)
    {
        Volatile.Write(ref _announcedAt, announcedAt);
        neighbours.Hear(gateways, now);
        Volatile.Write(ref _heardAt, now);
    }
}
