using System.Collections.Concurrent;

namespace Tollgate.Unit.TrafficManager.Simulation;

/// <summary>
/// Gateways and traffic managers over a bus that delays, reorders, repeats and loses, with clocks that differ: many seeds, each another case. A seed that
/// fails is named; TOLLGATE_SEED runs it alone.
/// </summary>
public sealed class RandomFaultsTests
{
    [Fact]
    public void ManySeeds_OfFaults_StayWithinTheBoundAndConverge()
    {
        var seeds = Environment.GetEnvironmentVariable("TOLLGATE_SEED") is { Length: > 0 } named ? [int.Parse(named)]
            : Enumerable.Range(0, Tier.IsAll ? 10_000 : 500);
        var failures = new ConcurrentBag<string>();
        Parallel.ForEach(seeds, seed =>
        {
            if (new RandomScene(seed).Run() is { } failure)
            {
                failures.Add($"TOLLGATE_SEED={seed}: {failure}");
            }
        });
        Assert.True(failures.IsEmpty, $"{failures.Count} seeds fail.\n" + string.Join('\n', failures.Take(10)));
    }
}
