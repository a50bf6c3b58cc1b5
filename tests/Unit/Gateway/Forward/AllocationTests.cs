using System.Net;
using System.Net.Sockets;

namespace Tollgate.Unit.Gateway.Forward;

/// <summary>What a call through the forwarder allocates, counted in the whole process: alone, after all tests that run side by side.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int Calls = 2_000;

    // Of ours and of the test's own server program; the server itself reuses what it has.
    private const int Budget = 256;

    [Fact]
    public async Task Call_OverAKeptConnection_StaysWithinItsBudget()
    {
        using var backend = new BlockingBackend(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nServer: x\r\nContent-Length: 1024\r\n\r\n" + new string('x', 1024));
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        var perCall = await Task.Factory.StartNew(() => Measure(rig.Url), TaskCreationOptions.LongRunning);
        Assert.InRange(perCall, 0, Budget);
        Assert.Empty(rig.Errors);
    }

    private static long Measure(Uri url)
    {
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(url.Host, url.Port);
        var request = "GET /things/1?a=b HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nUser-Agent: test\r\n\r\n"u8.ToArray();
        var buffer = new byte[16 * 1024];
        for (var i = 0; i < Calls; i++)
        {
            Call(client, request, buffer);
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Calls; i++)
        {
            Call(client, request, buffer);
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / Calls;
    }

    private static void Call(Socket client, byte[] request, byte[] buffer)
    {
        client.Send(request);
        var read = 0;
        while (read < 1024 || !buffer.AsSpan(0, read).EndsWith("xxxx"u8))
        {
            read += client.Receive(buffer.AsSpan(read));
        }
    }

    /// <summary>A backend on a thread of its own that allocates nothing.</summary>
    private sealed class BlockingBackend : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly byte[] _answer;

        public BlockingBackend(string answer)
        {
            _answer = [.. answer.Select(c => (byte)c)];
            _listener.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
            new Thread(Run) { IsBackground = true }.Start();
        }

        public string Url { get; }

        public void Dispose() => _listener.Stop();

        private void Run()
        {
            try
            {
                using var socket = _listener.AcceptSocket();
                socket.NoDelay = true;
                var buffer = new byte[16 * 1024];
                while (socket.Receive(buffer) > 0)
                {
                    socket.Send(_answer);
                }
            }
            catch (SocketException)
            {
                // The test is over.
            }
        }
    }
}
