// ns and bytes per operation of the gateway's hot types. Bytes are budgets: the run fails above one. Times depend on the machine; compare
// them within one run only.
using Tollgate.Micro;

if (args is ["limits"])
{
    LimitsBenchmark.Run(Console.Out);
    return 0;
}

using var hot = new HotTypes();
var over = 0;
Console.WriteLine($"{"",-36}{"ns",10}{"bytes",8}{"budget",8}");
foreach (var benchmark in hot.Benchmarks)
{
    var (nanoseconds, bytes) = benchmark.Measure();
    over += bytes > benchmark.Budget ? 1 : 0;
    Console.WriteLine($"{benchmark.Name,-36}{nanoseconds,10:F1}{bytes,8}{benchmark.Budget,8}{(bytes > benchmark.Budget ? "  OVER" : "")}");
}

return over == 0 ? 0 : 1;
