namespace Tollgate.TrafficManager.Count;

/// <summary>What one gateway counted for one key in the running window, and what it is asked for.</summary>
internal struct Share
{
    // A gateway says at least every 100 ms what is asked of it, while anything is; two such messages may get lost.
    private const long DemandMilliseconds = 800;

    public int Gateway;
    public float Demand;
    public long Total;

    /// <summary>What it may let through while nobody hears it.</summary>
    public long Reserved;
    public long HeardAt;

    /// <summary>
    /// What is asked of its gateway: nothing when that has spoken since without a word of this key. A gateway whose messages are held up says nothing, and
    /// is still asked.
    /// </summary>
    public readonly double DemandOf(Gateway gateway) =>
        gateway.Presence == Presence.Here && gateway.HeardAt - HeardAt <= DemandMilliseconds ? Demand : 0;
}
