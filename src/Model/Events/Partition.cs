namespace Tollgate.Model.Events;

/// <summary>Throttle keys are divided into partitions, so that several traffic managers share the work and each key has one at a time.</summary>
public static class Partition
{
    /// <summary>Fixed: all nodes of a deployment must agree on it, and queues are named after the numbers.</summary>
    public const int Count = 16;

    /// <summary>The same for a key on every node and in every version (FNV-1a over UTF-16 code units, high half folded in).</summary>
    public static int Of(string key)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var unit in key)
        {
            hash = (hash ^ unit) * 1_099_511_628_211;
        }

        return (int)((hash ^ (hash >> 32)) % Count);
    }
}
