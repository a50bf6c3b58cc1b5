using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Limits;

/// <summary>Load under one of a cluster's limits, with times of answers apart for when something is broken and when nothing is.</summary>
internal sealed class MeasuredLimit(LimitCluster cluster, int number, int windowSeconds, params double[] perSecond) : IAsyncDisposable
{
    public Accuracy Load { get; } = new(cluster, cluster.Tokens[number], windowSeconds, perSecond);

    public Latencies WithFault { get; } = new();

    public Latencies Without { get; } = new();

    public void NoteCalm() => Load.Note(Without);

    public void NoteFault() => Load.Note(WithFault);

    public void NoteNothing() => Load.Note(null);

    public IEnumerable<long> Admitted(long first, long last)
    {
        for (var window = first; window <= last; window++)
        {
            yield return Load.AdmittedIn(window);
        }
    }

    /// <summary>What went wrong at all gateways but one.</summary>
    public IEnumerable<string> Failures(int? except) =>
        Enumerable.Range(0, cluster.Gateways.Count).Where(gateway => gateway != except).SelectMany(Load.FailuresAt);

    public void Report(long first, long last, IReadOnlyCollection<long> broken)
    {
        var counts = Enumerable.Range(0, (int)(last - first + 1)).Select(index => first + index)
            .Select(window => $"{(broken.Contains(window) ? "*" : "")}{Load.AdmittedIn(window)} ({Load.PartsOf(window)})");
        Accuracy.Say($"limit {number} let through (* with a fault): {string.Join(", ", counts)}");
        Accuracy.Say($"  answers with a fault: {WithFault}; without: {Without}; {string.Join("; ", Load.Failures.Distinct().Take(5))}");
    }

    public ValueTask DisposeAsync() => Load.DisposeAsync();
}
