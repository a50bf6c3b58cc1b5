using System.Net;
using System.Net.Sockets;
using Tollgate.Gateway.Loop;

namespace Tollgate.Unit.Gateway.Loop;

/// <summary>Two ends of a connection: one that a loop watches, which the object under test takes over, and the other side.</summary>
internal sealed class LoopPair : IDisposable
{
    private LoopPair(Socket ours, Socket theirs)
    {
        Ours = ours;
        Theirs = theirs;
    }

    public Socket Ours { get; }

    public Socket Theirs { get; }

    public static async Task<LoopPair> ConnectAsync()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var theirs = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await theirs.ConnectAsync(listener.LocalEndPoint!);
        return new LoopPair(await listener.AcceptAsync(), theirs);
    }

    public LoopSocket Watch() => new(Ours, EventLoop.Next());

    /// <summary>Each loop has seen an event that comes after all that happened before.</summary>
    public static async Task LoopsHaveTurnedAsync()
    {
        for (var i = 0; i < 2 * EventLoop.Count; i++)
        {
            using var pair = await ConnectAsync();
            using var socket = pair.Watch();
            var reading = new LoopReader(socket).ReadAsync().AsTask();
            await pair.Theirs.SendAsync(new byte[1]);
            await reading;
        }
    }

    /// <summary>The other side resets the connection.</summary>
    public void ResetByThem()
    {
        Theirs.LingerState = new LingerOption(enable: true, seconds: 0);
        Theirs.Dispose();
    }

    /// <summary>So many bytes from the other side, or fewer at its end.</summary>
    public async Task<byte[]> ReadByThemAsync(int count)
    {
        var bytes = new byte[count];
        var length = 0;
        while (length < count && await Theirs.ReceiveAsync(bytes.AsMemory(length)) is > 0 and var received)
        {
            length += received;
        }

        return bytes[..length];
    }

    public void Dispose() => Theirs.Dispose();
}
