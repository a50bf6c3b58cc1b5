namespace Tollgate.TrafficManager.Count;

/// <summary>What one gateway counted for one key in the running window, and what it is asked for.</summary>
internal struct Share
{
    // A gateway says at least every 100 ms what is asked of it, while anything is.
    private const long DemandMilliseconds = 1_000;

    public int Gateway;
    public float Demand;
    public long Total;

    /// <summary>What it may let through while nobody hears it.</summary>
    public long Reserved;
    public long HeardAt;

    public readonly double DemandAt(long now) => now - HeardAt <= DemandMilliseconds ? Demand : 0;
}
