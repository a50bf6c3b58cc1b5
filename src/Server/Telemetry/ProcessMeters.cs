using System.Diagnostics;
using System.Globalization;
using Tollgate.Model.Metrics;

namespace Tollgate.Server.Telemetry;

/// <summary>Figures of the process and its garbage collector, under the names that dashboards know.</summary>
internal static class ProcessMeters
{
    public static IEnumerable<MetricFamily> Read()
    {
        using var process = Process.GetCurrentProcess();
        var memory = GC.GetGCMemoryInfo();
        yield return Gauge("tollgate_build_info", "The version of this program.", 1, new MetricLabel("version", ProductVersion.Text));
        yield return Counter("process_cpu_seconds_total", "Processor time used.", process.TotalProcessorTime.TotalSeconds);
        yield return Gauge("process_resident_memory_bytes", "Memory in use.", process.WorkingSet64);
        yield return Gauge(
            "process_start_time_seconds", "When the process started, as Unix time.",
            new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        yield return Gauge("process_threads", "Threads of the process.", process.Threads.Count);
        yield return new MetricFamily(
            "dotnet_gc_collections_total", MetricKind.Counter, "Garbage collections by generation.",
            [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation => new MetricSample(
                GC.CollectionCount(generation), [new MetricLabel("generation", generation.ToString(CultureInfo.InvariantCulture))]))]);
        yield return Counter("dotnet_gc_pause_seconds_total", "Time that garbage collection paused the program.", GC.GetTotalPauseDuration().TotalSeconds);
        yield return Counter("dotnet_gc_allocated_bytes_total", "Bytes allocated.", GC.GetTotalAllocatedBytes());
        yield return Gauge("dotnet_gc_heap_bytes", "Size of the heap after the last collection.", memory.HeapSizeBytes);
        yield return Gauge("dotnet_gc_committed_bytes", "Memory that the heap holds.", memory.TotalCommittedBytes);
        yield return Gauge("dotnet_threadpool_threads", "Threads of the pool.", ThreadPool.ThreadCount);
        yield return Gauge("dotnet_threadpool_queue_length", "Work that waits for a thread.", ThreadPool.PendingWorkItemCount);
        yield return Counter("dotnet_lock_contentions_total", "How often a lock had to be waited for.", Monitor.LockContentionCount);
    }

    private static MetricFamily Gauge(string name, string help, double number, params MetricLabel[] labels) =>
        new(name, MetricKind.Gauge, help, [new MetricSample(number, labels)]);

    private static MetricFamily Counter(string name, string help, double number) =>
        new(name, MetricKind.Counter, help, [new MetricSample(number, [])]);
}
