using System.Globalization;
using System.Runtime.InteropServices;
using Tollgate.Load.Measure;

namespace Tollgate.Load.Report;

/// <summary>What the numbers were measured on.</summary>
internal static class Machine
{
    public static async Task<string> DescribeAsync(DateTimeOffset now)
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        var nginx = (await Tool.RunAsync("sh", ["-c", "nginx -v 2>&1"])).Trim();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{now:yyyy-MM-dd}, {Environment.ProcessorCount} processors ({model?.Split(':')[1].Trim()}), {RuntimeInformation.OSDescription}, ")
            + $"{RuntimeInformation.FrameworkDescription}, {nginx}; client, proxies, backend and control plane share the machine (load average {load}).";
    }
}
