using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.Gateway;

/// <summary>A gateway that has as many files open as it may lets further clients wait, and does nothing else about it.</summary>
public sealed class OpenFilesTests
{
    private const int Room = 20;
    private const int Clients = 100;

    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Connections_BeyondTheLimitOfOpenFiles_WaitAndCostNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc, sets a limit of another process");
        await using var running = await RunningGateway.StartAsync(
            """
            [keystore]
            reload_interval = "1s"
            """);
        await running.PublishAsync("Crowded");
        var id = running.Node.ProcessId;
        SetMostOpenFiles(id, (ulong)Directory.GetFiles($"/proc/{id}/fd").Length + Room);

        List<TcpClient> clients = [];
        for (var i = 0; i < Clients; i++)
        {
            var client = new TcpClient();
            clients.Add(client);
            await client.ConnectAsync("127.0.0.1", new Uri(running.Node.GatewayHttpUrl).Port);
        }

        await Wait.UntilAsync("the log", TimeSpan.FromSeconds(10), () => Task.FromResult(Complaints(running) > 0));
        using (var process = Process.GetProcessById(id))
        {
            var before = process.TotalProcessorTime;
            await Task.Delay(Watch);
            // What else opens files meanwhile must bear that there are none.
            Assert.False(running.Node.HasExited, running.Node.Output);
            process.Refresh();
            var spent = process.TotalProcessorTime - before;
            Assert.True(spent < Watch / 2, $"{spent.TotalSeconds:F2} s of processor time in {Watch.TotalSeconds} s of waiting");
        }

        Assert.Equal(1, Complaints(running));
        clients.ForEach(client => client.Dispose());
        await running.UntilAsync("Crowded", 200);
    }

    private static int Complaints(RunningGateway running) => running.Node.Output.Split("No connection can be accepted").Length - 1;

    private static void SetMostOpenFiles(int process, ulong most)
    {
        const int OpenFiles = 7;
        var limit = new Limit { Soft = most, Hard = most };
        Assert.Equal(0, SetLimit(process, OpenFiles, limit, 0));
    }

    // prlimit(2)
    [DllImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static extern int SetLimit(int process, int resource, in Limit limit, nint old);

    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
