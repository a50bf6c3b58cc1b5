// ns and bytes per operation of the gateway's hot types. Bytes are budgets: the run fails above one. Times depend on the machine; compare
// them within one run only.
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Gateway;
using Tollgate.Gateway.Match;
using Tollgate.Gateway.Throttle;
using Tollgate.Micro;

var api = new PublishedApi(TimeProvider.System.GetUtcNow());
var gateway = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(PublishedApi.Unreachable);
gateway.AddGateway(new GatewayOptions());
await using var services = gateway.BuildServiceProvider();
var pipeline = services.GetRequiredService<Pipeline>();
var exchange = new Exchange();
var path = Encoding.ASCII.GetBytes("/petstore/1.0.0/pets/7%20a");
var canonical = new byte[path.Length];
var window = new Window(0, 60_000);

Benchmark[] benchmarks =
[
    new("canonical path", 0, times =>
    {
        for (var i = 0; i < times; i++)
        {
            CanonicalPath.TryWrite(path, canonical, out _);
        }
    }),
    new("match context and operation", 0, times =>
    {
        for (var i = 0; i < times; i++)
        {
            api.Snapshot.Routes.Find("localhost"u8, "/petstore/1.0.0/pets/7"u8, out var rest)!.Operations.Find(rest, 0);
        }
    }),
    new("reserve in a window", 0, times =>
    {
        for (var i = 0; i < times; i++)
        {
            window.TryReserve(1, long.MaxValue, 0);
        }
    }),
    new("all checks of a call, token known", 0, times =>
    {
        for (var i = 0; i < times; i++)
        {
            exchange.Begin(api.Snapshot, "id", api.Now, 0);
            if (pipeline.Run(api.Request, exchange).Step != Step.Continue)
            {
                throw new UnreachableException("the call was refused");
            }
        }
    }),
    new("all checks of a call, API key known", 0, times =>
    {
        for (var i = 0; i < times; i++)
        {
            exchange.Begin(api.Snapshot, "id", api.Now, 0);
            if (pipeline.Run(api.RequestWithKey, exchange).Step != Step.Continue)
            {
                throw new UnreachableException("the call was refused");
            }
        }
    }),
];

var over = 0;
Console.WriteLine($"{"",-36}{"ns",10}{"bytes",8}{"budget",8}");
foreach (var benchmark in benchmarks)
{
    var (nanoseconds, bytes) = benchmark.Measure();
    over += bytes > benchmark.Budget ? 1 : 0;
    Console.WriteLine($"{benchmark.Name,-36}{nanoseconds,10:F1}{bytes,8}{benchmark.Budget,8}{(bytes > benchmark.Budget ? "  OVER" : "")}");
}

return over == 0 ? 0 : 1;
