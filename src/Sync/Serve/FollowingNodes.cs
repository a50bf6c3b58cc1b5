using System.Collections.Concurrent;

namespace Tollgate.Sync.Serve;

/// <summary>A gateway that follows this node.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Version">The runtime version it serves.</param>
/// <param name="SeenAt">When it last asked, Unix milliseconds.</param>
internal sealed record FollowingNode(string Node, long Version, long SeenAt);

/// <summary>Which gateways follow, and which runtime version each of them serves.</summary>
internal sealed class FollowingNodes(TimeProvider time)
{
    private const int Most = 10_000;

    // A long poll lasts 30 s; a node silent for several of them is gone.
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, FollowingNode> _nodes = new();

    /// <summary>A node that asks from a version serves it.</summary>
    public void Saw(string node, long version)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (_nodes.Count >= Most)
        {
            _nodes.Clear();
        }

        _nodes[node] = new FollowingNode(node, version, now);
    }

    public IReadOnlyList<FollowingNode> All()
    {
        var since = (time.GetUtcNow() - Forgotten).ToUnixTimeMilliseconds();
        foreach (var (name, node) in _nodes)
        {
            if (node.SeenAt < since)
            {
                _nodes.TryRemove(new KeyValuePair<string, FollowingNode>(name, node));
            }
        }

        return [.. _nodes.Values.OrderBy(node => node.Node, StringComparer.Ordinal)];
    }
}
