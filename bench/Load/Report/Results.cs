using System.Text.Json;
using Tollgate.Load.Measure;

namespace Tollgate.Load.Report;

/// <summary>The samples of a scenario by candidate.</summary>
internal sealed record ScenarioResult(string Key, int Seconds, IReadOnlyDictionary<string, List<Sample>> Samples);

/// <summary>Keeps the samples of several runs of one day, so that a long benchmark can be run in pieces.</summary>
internal static class Results
{
    public static List<ScenarioResult> Read(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize<List<ScenarioResult>>(File.ReadAllText(file))! : [];

    /// <summary>Adds results; a scenario that was measured again replaces what there was.</summary>
    public static List<ScenarioResult> Merge(List<ScenarioResult> known, List<ScenarioResult> more) =>
    [
        .. Scenario.All
            .Select(scenario => more.Find(result => result.Key == scenario.Key) ?? known.Find(result => result.Key == scenario.Key))
            .OfType<ScenarioResult>(),
    ];

    public static void Write(string file, List<ScenarioResult> results) => File.WriteAllText(file, JsonSerializer.Serialize(results));
}
