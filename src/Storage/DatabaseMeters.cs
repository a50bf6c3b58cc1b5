using System.Diagnostics;
using Tollgate.Model.Metrics;
using Tollgate.Storage.Dialects;

namespace Tollgate.Storage;

/// <summary>What one database measures: how long work waits for its turn and a connection, how long it takes, what goes wrong.</summary>
public sealed class DatabaseMeters
{
    /// <summary>Name of the trace source of database work.</summary>
    public const string Traces = "Tollgate.Storage";

    private static readonly ActivitySource Source = new(Traces);

    private readonly LatencyHistogram _waits = new();
    private readonly LatencyHistogram _reads = new();
    private readonly LatencyHistogram _writes = new();
    private readonly LabelledCounters _troubles = new("", "", "kind");

    /// <summary>The metrics of several databases, told apart by their names.</summary>
    public static IEnumerable<MetricFamily> Read(IReadOnlyList<(string Name, DatabaseMeters Meters)> databases)
    {
        yield return new MetricFamily(
            "tollgate_database_wait_seconds", MetricKind.Histogram, "Time that work waited for its turn to write, and for a connection.",
            [.. databases.SelectMany(database => database.Meters._waits.Read(new MetricLabel("database", database.Name)))]);
        yield return new MetricFamily(
            "tollgate_database_work_duration_seconds", MetricKind.Histogram, "Time that reading and writing took, repetitions included.",
            [
                .. databases.SelectMany(database => Times(database.Meters._reads, database.Name, "read")),
                .. databases.SelectMany(database => Times(database.Meters._writes, database.Name, "write")),
            ]);
        yield return new MetricFamily(
            "tollgate_database_troubles_total", MetricKind.Counter, "What went wrong on the database's side, by kind.",
            [
                .. from database in databases
                   from sample in database.Meters._troubles.Read().Samples
                   select sample with { Labels = [new MetricLabel("database", database.Name), .. sample.Labels] },
            ]);
    }

    internal void Waited(long since) => _waits.Observe(Stopwatch.GetElapsedTime(since));

    internal void Failed(Trouble trouble) => _troubles.Add(trouble.ToString());

    /// <summary>Measures until disposed; a trace span if this is work for a request that is traced.</summary>
    internal Work Begin(bool isWrite) => new(isWrite ? _writes : _reads, Span(isWrite ? "database write" : "database read"));

    private static Activity? Span(string name) => Activity.Current is null ? null : Source.StartActivity(name, ActivityKind.Client);

    private static IEnumerable<MetricSample> Times(LatencyHistogram histogram, string database, string operation) =>
        histogram.Read(new MetricLabel("database", database), new MetricLabel("operation", operation));

    /// <summary>Work that is being measured.</summary>
    internal readonly struct Work(LatencyHistogram histogram, Activity? span) : IDisposable
    {
        private readonly long _startedAt = Stopwatch.GetTimestamp();

        public void Dispose()
        {
            histogram.Observe(Stopwatch.GetElapsedTime(_startedAt));
            span?.Dispose();
        }
    }
}
