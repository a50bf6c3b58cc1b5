using System.Collections.Concurrent;
using Tollgate.Storage.Environments;

namespace Tollgate.Sync.Serve;

/// <summary>Which gateways follow, and which runtime version each of them serves.</summary>
internal sealed class FollowingNodes(TimeProvider time)
{
    private const int Most = 10_000;

    // A long poll lasts 30 s; a node silent for several of them is gone.
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, SeenGateway> _nodes = new();

    /// <summary>A node that asks from a version serves it.</summary>
    public void Saw(string node, string profile, IReadOnlyList<string> environments, long version)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (_nodes.Count >= Most)
        {
            _nodes.Clear();
        }

        _nodes[node] = new SeenGateway(node, profile, environments, version, now);
    }

    public IReadOnlyList<SeenGateway> All()
    {
        var since = (time.GetUtcNow() - Forgotten).ToUnixTimeMilliseconds();
        foreach (var (name, node) in _nodes)
        {
            if (node.SeenAt < since)
            {
                _nodes.TryRemove(new KeyValuePair<string, SeenGateway>(name, node));
            }
        }

        return [.. _nodes.Values.OrderBy(node => node.Node, StringComparer.Ordinal)];
    }
}
