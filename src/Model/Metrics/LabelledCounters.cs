using System.Collections.Concurrent;

namespace Tollgate.Model.Metrics;

/// <summary>Counters told apart by a few labels whose values come from closed sets, so that they cannot grow without bound.</summary>
public sealed class LabelledCounters(string name, string help, params string[] labels)
{
    // Far more than the closed sets have; a mistake must not fill the memory.
    private const int Most = 1000;

    private readonly ConcurrentDictionary<(string First, string Second), StripedCounter> _counters = new();

    public void Add(string first, string second = "")
    {
        if (!_counters.TryGetValue((first, second), out var counter))
        {
            counter = _counters.GetOrAdd(_counters.Count < Most ? (first, second) : ("other", "other"), static _ => new StripedCounter());
        }

        counter.Add();
    }

    public MetricFamily Read() => new(name, MetricKind.Counter, help,
    [
        .. _counters.OrderBy(pair => pair.Key.First, StringComparer.Ordinal).ThenBy(pair => pair.Key.Second, StringComparer.Ordinal)
            .Select(pair => new MetricSample(pair.Value.Read(), Labels(pair.Key))),
    ]);

    private MetricLabel[] Labels((string First, string Second) values) =>
        labels.Length == 1 ? [new(labels[0], values.First)] : [new(labels[0], values.First), new(labels[1], values.Second)];
}
