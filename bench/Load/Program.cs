// Tollgate beside nginx on this machine: what a request costs. docs/performance.md says how to read it.
using Tollgate.Load;
using Tollgate.Load.Measure;
using Tollgate.Load.Report;

if (LoadArguments.Parse(args) is not { } arguments
    || arguments.Only.FirstOrDefault(name => Scenario.All.All(scenario => scenario.Key != name)) is not null)
{
    Console.Error.WriteLine(LoadArguments.Usage);
    return 2;
}

var scenarios = Scenario.All.Where(scenario => arguments.Only.Count == 0 || arguments.Only.Contains(scenario.Key)).ToList();
await using var laboratory = await Laboratory.StartAsync("artifacts/tollgate/tollgate");
var token = await laboratory.PublishAsync(scenarios.Exists(scenario => scenario.Path is null));
if (arguments.Hold)
{
    Console.WriteLine(laboratory.Describe(token));
    await Console.In.ReadToEndAsync();
    return 0;
}

var bench = new Bench(arguments, laboratory.Folder, token, Random.Shared);
List<ScenarioResult> results = [];
foreach (var scenario in scenarios)
{
    Console.Error.WriteLine($"== {scenario.Title}");
    results.Add(new ScenarioResult(scenario.Key, arguments.Seconds, await bench.RunAsync(scenario, laboratory.CandidatesFor(scenario))));
}

Console.WriteLine(Tables.Of(results));
if (arguments.Keep)
{
    await KeptReport.WriteAsync(results, DateTimeOffset.UtcNow);
}

return 0;
