using Tollgate.Load.Processes;

namespace Tollgate.Load.Measure;

/// <summary>Measures candidates against each other: all of them run all the time, and take turns in rounds of random order.</summary>
internal sealed class Bench(LoadArguments arguments, string folder, string token, Random random)
{
    /// <summary>The samples of each candidate.</summary>
    public async Task<IReadOnlyDictionary<string, List<Sample>>> RunAsync(Scenario scenario, IReadOnlyList<Candidate> candidates)
    {
        var script = Path.Combine(folder, scenario.Key + ".lua");
        await File.WriteAllTextAsync(script, Wrk.ScriptFor(scenario, Path.Combine(folder, "calls")));
        foreach (var candidate in candidates)
        {
            // The runtime compiles hot code a second time while it runs.
            await LoadAsync(scenario, candidate, script, arguments.WarmUp);
        }

        var samples = candidates.ToDictionary(candidate => candidate.Name, _ => new List<Sample>());
        for (var round = 0; round < arguments.Rounds; round++)
        {
            var order = candidates.ToArray();
            random.Shuffle(order);
            foreach (var candidate in order)
            {
                samples[candidate.Name].Add(await SampleAsync(scenario, candidate, script));
            }
        }

        return samples;
    }

    private async Task<Sample> SampleAsync(Scenario scenario, Candidate candidate, string script)
    {
        var before = ProcessFacts.CpuSeconds(candidate.ProcessId);
        var result = await LoadAsync(scenario, candidate, script, arguments.Seconds);
        var cpu = ProcessFacts.CpuSeconds(candidate.ProcessId) - before;
        return new Sample(
            cpu * 1e6 / result.Requests, result.PerSecond, result.P50, result.P99, ProcessFacts.ResidentMegabytes(candidate.ProcessId));
    }

    private Task<LoadResult> LoadAsync(Scenario scenario, Candidate candidate, string script, int seconds)
    {
        var url = (scenario.IsSecure ? $"https://127.0.0.1:{candidate.Ports.Https}" : $"http://127.0.0.1:{candidate.Ports.Http}")
            + (scenario.Path is null ? "/" : "/load/1.0.0" + scenario.Path);
        return scenario.IsHttp2 || scenario.Rate > 0
            ? H2Load.RunAsync(scenario, url, token, folder, seconds)
            : Wrk.RunAsync(scenario, url, scenario.Path is null ? null : token, script, seconds);
    }
}
