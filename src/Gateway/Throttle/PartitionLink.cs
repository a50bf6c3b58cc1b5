namespace Tollgate.Gateway.Throttle;

/// <summary>What the limits of one partition know of their traffic managers. Written by the thread that hears them, read by every call.</summary>
internal sealed class PartitionLink(int partition)
{
    /// <summary>Announcements come at least every half second; after this long a gateway is cut off.</summary>
    public const long SilenceMilliseconds = 1_800;

    private const long AgreementMilliseconds = 3_000;

    private long _heardAt;
    private long _agreedAt;
    private int _gateways = 1;

    /// <summary>Its number.</summary>
    public int Partition => partition;

    /// <summary>How many gateways share the limits, this one included.</summary>
    public int Gateways => Volatile.Read(ref _gateways);

    /// <summary>Traffic managers were heard of, and are not any more. A gateway that never heard of one has its limits to itself.</summary>
    public bool IsCutOff(long now)
    {
        var heardAt = Volatile.Read(ref _heardAt);
        return heardAt != 0 && now - heardAt > SilenceMilliseconds;
    }

    public void Hear(int gateways, long now)
    {
        // A traffic manager that has just begun knows of few gateways, until each of them has said that it is there.
        if (gateways >= _gateways || now - _agreedAt > AgreementMilliseconds)
        {
            Volatile.Write(ref _gateways, Math.Max(1, gateways));
            _agreedAt = now;
        }

        Volatile.Write(ref _heardAt, now);
    }
}
