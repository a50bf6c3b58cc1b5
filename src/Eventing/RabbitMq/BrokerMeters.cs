using Tollgate.Model.Metrics;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>What passed between this node and one broker.</summary>
internal sealed class BrokerMeters
{
    private readonly LabelledCounters _sent = new("", "", "kind");
    private readonly LabelledCounters _notConfirmed = new("", "", "kind");
    private readonly LabelledCounters _received = new("", "", "kind");
    private readonly LabelledCounters _quarantined = new("", "", "flaw");
    private readonly StripedCounter _connected = new();

    public void Sent(string kind) => _sent.Add(kind);

    public void NotConfirmed(string kind) => _notConfirmed.Add(kind);

    public void Received(string kind) => _received.Add(kind);

    public void Quarantined(string flaw) => _quarantined.Add(flaw);

    public void Connected() => _connected.Add();

    public static IEnumerable<MetricFamily> Read(IReadOnlyList<BrokerLink> links)
    {
        yield return new MetricFamily(
            "tollgate_broker_connected", MetricKind.Gauge, "1 while this node is connected with the broker.",
            [.. links.Select(link => new MetricSample(link.IsConnected ? 1 : 0, [new MetricLabel("broker", link.Name)]))]);
        yield return new MetricFamily(
            "tollgate_broker_partitions", MetricKind.Gauge, "Partitions of which this traffic manager receives usage totals, or stands by to.",
            [.. links.Select(link => new MetricSample(link.Partitions, [new MetricLabel("broker", link.Name)]))]);
        yield return new MetricFamily(
            "tollgate_broker_waiting_keys", MetricKind.Gauge, "Throttle keys with something that the broker has not got yet.",
            [.. links.Select(link => new MetricSample(link.Waiting, [new MetricLabel("broker", link.Name)]))]);
        yield return new MetricFamily(
            "tollgate_broker_connections_total", MetricKind.Counter, "Connections that were made with the broker.",
            [.. links.Select(link => new MetricSample(link.Meters._connected.Read(), [new MetricLabel("broker", link.Name)]))]);
        yield return Counted("tollgate_broker_messages_sent_total", "Messages that the broker confirmed.", links, meters => meters._sent);
        yield return Counted(
            "tollgate_broker_messages_not_confirmed_total", "Messages that the broker did not confirm; their contents are sent again.", links,
            meters => meters._notConfirmed);
        yield return Counted("tollgate_broker_messages_received_total", "Messages that arrived and could be read.", links, meters => meters._received);
        yield return Counted(
            "tollgate_broker_messages_quarantined_total", "Messages that could not be read.", links, meters => meters._quarantined);
    }

    private static MetricFamily Counted(string name, string help, IReadOnlyList<BrokerLink> links, Func<BrokerMeters, LabelledCounters> counters) =>
        new(name, MetricKind.Counter, help,
        [
            .. from link in links
               from sample in counters(link.Meters).Read().Samples
               select sample with { Labels = [new MetricLabel("broker", link.Name), .. sample.Labels] },
        ]);
}
