using Tollgate.Model.Metrics;
using Tollgate.Storage.Runtime;

namespace Tollgate.Sync.Serve;

/// <summary>How far the gateways that follow this node are.</summary>
internal sealed class FeedMeters(FollowingNodes nodes, RuntimeSignal signal, TimeProvider time)
{
    public IEnumerable<MetricFamily> Read()
    {
        var all = nodes.All();
        var newest = signal.Newest;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        yield return new MetricFamily(
            "tollgate_runtime_version", MetricKind.Gauge, "Newest runtime version this node knows of.", [new(newest, [])]);
        yield return new MetricFamily(
            "tollgate_feed_lag_versions", MetricKind.Gauge, "Runtime versions by which a following gateway is behind this node.",
            [.. all.Select(node => new MetricSample(Math.Max(0, newest - node.Version), [new("node", node.Node)]))]);
        yield return new MetricFamily(
            "tollgate_feed_silence_seconds", MetricKind.Gauge, "Time since a following gateway last asked; it does so at least every 30 s.",
            [.. all.Select(node => new MetricSample((now - node.SeenAt) / 1000.0, [new("node", node.Node)]))]);
    }
}
