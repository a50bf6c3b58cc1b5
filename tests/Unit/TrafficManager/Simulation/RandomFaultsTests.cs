using System.Collections.Concurrent;

namespace Tollgate.Unit.TrafficManager.Simulation;

/// <summary>
/// Gateways and traffic managers over a bus that delays, reorders, repeats and loses, with clocks that differ: many seeds, each another case. A seed that
/// fails is named; TOLLGATE_SEED runs it alone.
/// </summary>
public sealed class RandomFaultsTests
{
    [Fact]
    public async Task ManySeeds_OfFaults_StayWithinTheBoundAndConverge()
    {
        var seeds = Environment.GetEnvironmentVariable("TOLLGATE_SEED") is { Length: > 0 } named ? [int.Parse(named)]
            : Enumerable.Range(0, Tier.IsAll ? 10_000 : 500).ToArray();
        var failures = new ConcurrentBag<string>();
        var next = -1;
        // Threads of its own: on those of the pool, tests that run beside would wait for their answers until all seeds are through.
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (int at; (at = Interlocked.Increment(ref next)) < seeds.Length;)
                {
                    if (new RandomScene(seeds[at]).Run() is { } failure)
                    {
                        failures.Add($"TOLLGATE_SEED={seeds[at]}: {failure}");
                    }
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.True(failures.IsEmpty, $"{failures.Count} seeds fail.\n" + string.Join('\n', failures.Take(10)));
    }
}
