using System.Diagnostics;

namespace Tollgate.Micro;

/// <summary>One operation of a hot type, with the bytes it may allocate.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Budget">Bytes per operation; more fails the run.</param>
/// <param name="Repeat">Runs the operation so many times.</param>
internal sealed record Benchmark(string Name, long Budget, Action<int> Repeat)
{
    private const int Rounds = 7;
    private const int Operations = 200_000;

    /// <summary>Nanoseconds (the best of several rounds) and bytes per operation.</summary>
    public (double Nanoseconds, long Bytes) Measure()
    {
        Repeat(Operations);
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            Repeat(Operations);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalNanoseconds / Operations);
        }

        return (best, Allocated(Operations));
    }

    /// <summary>Bytes per operation.</summary>
    public long Allocated(int operations)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(operations);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / operations;
    }
}
