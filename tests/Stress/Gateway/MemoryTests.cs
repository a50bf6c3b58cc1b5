using System.Globalization;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Gateway;

/// <summary>Ten minutes of everything that makes a proxy grow: large bodies both ways, readers that dawdle, clients that leave.</summary>
public sealed class MemoryTests
{
    private const long MostGrowth = 20 * 1024 * 1024;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task MixedLoad_ForTenMinutes_LeavesMemoryFlatAndNoSocketBehind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TOLLGATE_TEST_DATABASE") is null or "", "the gateway has no database");
        await using var running = await RunningGateway.StartAsync();
        await running.PublishAsync("Mixed");
        running.Backend.Answer = http =>
        {
            running.Backend.Forget();
            return MixedLoad.AnswerAsync(http);
        };
        var process = $"/proc/{running.Node.ProcessId}";
        var socketsBefore = Sockets(process);

        var load = new MixedLoad(running.Node.GatewayHttpUrl + "/mixed/1.0.0", running.Token).Start();
        var warm = await MedianAsync(process, WarmUp, last: Every * 30);
        var late = await MedianAsync(process, Length - WarmUp, last: Every * 30);
        var most = Sockets(process);
        await load.StopAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{load.Summary}; RSS {warm >> 20} MB after {WarmUp}, {late >> 20} MB after {Length}; sockets {socketsBefore} before, {most} during");

        Assert.Empty(load.Failures);
        Assert.True(load.IsExercised, load.Summary);
        Assert.True(late - warm < MostGrowth, $"RSS grew from {warm} to {late} bytes");

        // What is kept for later is closed when nobody used it for a minute.
        await Wait.UntilAsync(
            $"{Sockets(process)} sockets to become {socketsBefore}", TimeSpan.FromMinutes(3), () => Task.FromResult(Sockets(process) <= socketsBefore));
    }

    // Over the last part of the time: one number at one moment says what the collector did just then.
    private static async Task<long> MedianAsync(string process, TimeSpan length, TimeSpan last)
    {
        await Task.Delay(length - last);
        List<long> samples = [];
        for (var taken = TimeSpan.Zero; taken < last; taken += Every)
        {
            await Task.Delay(Every);
            samples.Add(Resident(process));
        }

        samples.Sort();
        return samples[samples.Count / 2];
    }

    private static long Resident(string process)
    {
        var line = File.ReadLines(process + "/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line["VmRSS:".Length..^" kB".Length].Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    private static int Sockets(string process) => new DirectoryInfo(process + "/fd").GetFiles()
        .Count(file => file.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);
}
