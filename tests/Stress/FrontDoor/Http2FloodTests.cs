using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using Tollgate.Flows.FrontDoor;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.FrontDoor;

/// <summary>Clients that flood an HTTP/2 connection or never finish a head, and what a good client notices of them.</summary>
public sealed class Http2FloodTests(SharedNode shared)
{
    private const int GoodCalls = 300;
    private const int Batched = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("rapid reset")]
    [InlineData("continuation")]
    [InlineData("settings")]
    [InlineData("ping")]
    [InlineData("slow heads")]
    public async Task Flood_OfAClient_LeavesAGoodClientServed(string kind)
    {
        await using var api = await FrontDoorApi.PublishAsync(shared);
        await MeasureAsync(api);
        var before = await MeasureAsync(api);
        using var stop = new CancellationTokenSource(Patience);
        var attack = Task.Run(() => kind == "slow heads" ? SlowHeadsAsync(api, stop.Token) : FloodAsync(kind, stop.Token));
        var during = await MeasureAsync(api);
        await stop.CancelAsync();
        await attack;
        var after = await MeasureAsync(api);

        // The attacker shares this machine's processors with the node, so that twice is measured from a floor.
        var bound = 2 * Math.Max(Math.Max(before, after), 20);
        Assert.True(during <= bound, $"{kind}: p99 {during:0.0} ms while flooded, {before:0.0} ms before, {after:0.0} ms after");
    }

    /// <summary>The 99th percentile of calls one after the other, in milliseconds.</summary>
    private async Task<double> MeasureAsync(FrontDoorApi api)
    {
        var times = new double[GoodCalls];
        for (var i = 0; i < GoodCalls; i++)
        {
            var clock = Stopwatch.StartNew();
            await shared.CallAsync(api.Path + "/good", api.Token).ExpectAsync(200);
            times[i] = clock.Elapsed.TotalMilliseconds;
        }

        Array.Sort(times);
        return times[GoodCalls * 99 / 100];
    }

    // As often as the node lets it: a connection that is ended is opened again.
    private async Task FloodAsync(string kind, CancellationToken stop)
    {
        var batch = Batch(kind);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("localhost", new Uri(shared.Node.GatewayUrl).Port, stop);
                await using var stream = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
                await stream.AuthenticateAsClientAsync(
                    new SslClientAuthenticationOptions { TargetHost = "localhost", ApplicationProtocols = [SslApplicationProtocol.Http2] }, stop);
                await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), stop);
                await stream.WriteAsync(Frame(4, 0, 0, []), stop);
                for (uint first = 1; ; first += 2 * Batched)
                {
                    await stream.WriteAsync(batch(first), stop);
                    // A flood, not a siege of our own processors.
                    await Task.Delay(Pause, stop);
                }
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // Ended by the node, or by the test.
            }
        }
    }

    private static Func<uint, byte[]> Batch(string kind) => kind switch
    {
        // :method GET, :scheme https, :path / and an authority, all by HPACK's static table (RFC 7541 appendix A); then taken back.
        "rapid reset" => first => Repeat(index => [.. Frame(1, 5, first + (2 * index), Head), .. Frame(3, 0, first + (2 * index), [0, 0, 0, 8])]),
        "continuation" => first => first == 1
            ? [.. Frame(1, 1, 1, Head), .. Repeat(_ => Frame(9, 0, 1, new byte[512]))]
            : Repeat(_ => Frame(9, 0, 1, new byte[512])),
        "settings" => _ => Repeat(_ => Frame(4, 0, 0, [0, 3, 0, 0, 0, 100])),
        _ => _ => Repeat(_ => Frame(6, 0, 0, new byte[8])),
    };

    private static byte[] Head => [0x82, 0x87, 0x84, 0x41, 1, (byte)'a'];

    private static byte[] Repeat(Func<uint, byte[]> frames)
    {
        List<byte> all = [];
        for (uint i = 0; i < Batched; i++)
        {
            all.AddRange(frames(i));
        }

        return [.. all];
    }

    private static byte[] Frame(byte type, byte flags, uint stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        frame[1] = (byte)(payload.Length >> 8);
        frame[2] = (byte)payload.Length;
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    // Five hundred connections that send a byte now and then.
    private static async Task SlowHeadsAsync(FrontDoorApi api, CancellationToken stop)
    {
        List<TcpClient> clients = [];
        try
        {
            for (var i = 0; i < 500; i++)
            {
                var client = new TcpClient();
                clients.Add(client);
                await client.ConnectAsync(api.Url.Host, api.Url.Port, stop);
                await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nX"u8.ToArray(), stop);
            }

            while (true)
            {
                foreach (var client in clients)
                {
                    await client.GetStream().WriteAsync("a"u8.ToArray(), stop);
                }

                await Task.Delay(Pause, stop);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            // Ended by the node, or by the test.
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }
}
