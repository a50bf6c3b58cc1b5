using System.Net;
using System.Net.Sockets;
using Tollgate.Gateway.Loop;

namespace Tollgate.Unit.Gateway.Loop;

public sealed class LoopChannelTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public LoopChannelTests()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    public void Dispose() => _listener.Dispose();

    [LinuxFact]
    public async Task SendAndReceive_OfMuchBothWays_KeepEveryByte()
    {
        const int Length = 8 * 1024 * 1024;
        var (channel, theirs) = await ConnectAsync();
        using (channel)
        using (theirs)
        {
            var sent = new byte[Length];
            new Random(1).NextBytes(sent);
            var echoing = EchoAsync(theirs, Length);
            var sending = channel.SendAsync(sent).AsTask();
            var received = new byte[Length];
            var length = 0;
            while (length < Length)
            {
                length += await channel.ReceiveAsync(received.AsMemory(length, Math.Min(10_000, Length - length))).AsTask().WaitAsync(Patience);
            }

            await sending.WaitAsync(Patience);
            await echoing.WaitAsync(Patience);
            Assert.Equal(sent, received);
        }
    }

    [LinuxFact]
    public async Task ReceiveAsync_ThatWaits_GetsWhatComes()
    {
        var (channel, theirs) = await ConnectAsync();
        using (channel)
        using (theirs)
        {
            var buffer = new byte[10];
            for (var round = 0; round < 100; round++)
            {
                var receiving = channel.ReceiveAsync(buffer).AsTask();
                await theirs.SendAsync(new[] { (byte)round });

                Assert.Equal(1, await receiving.WaitAsync(Patience));
                Assert.Equal(round, buffer[0]);
            }

            channel.EndSending();
            Assert.Equal(0, await theirs.ReceiveAsync(buffer));
            theirs.Dispose();
            Assert.Equal(0, await channel.ReceiveAsync(buffer).AsTask().WaitAsync(Patience));
        }
    }

    [LinuxFact]
    public async Task ReceiveAsync_OfAResetConnection_ThrowsEachTime()
    {
        var (channel, theirs) = await ConnectAsync();
        using (channel)
        {
            theirs.LingerState = new LingerOption(enable: true, seconds: 0);
            theirs.Dispose();

            // The system says so once only.
            await Assert.ThrowsAsync<SocketException>(() => channel.ReceiveAsync(new byte[1]).AsTask().WaitAsync(Patience));
            await Assert.ThrowsAsync<SocketException>(() => channel.ReceiveAsync(new byte[1]).AsTask().WaitAsync(Patience));
        }
    }

    [LinuxFact]
    public async Task Dispose_WhileReceiving_EndsIt()
    {
        var (channel, theirs) = await ConnectAsync();
        using (theirs)
        {
            var receiving = channel.ReceiveAsync(new byte[1]).AsTask();
            channel.Dispose();

            await Assert.ThrowsAsync<SocketException>(() => receiving.WaitAsync(Patience));
            await Assert.ThrowsAsync<SocketException>(() => channel.SendAsync(new byte[1]).AsTask());
        }
    }

    [LinuxFact]
    public async Task ConnectAsync_WhereNobodyListens_Throws()
    {
        var free = _listener.LocalEndPoint!;
        _listener.Dispose();

        var error = await Assert.ThrowsAsync<SocketException>(() => LoopChannel.ConnectAsync(free, CancellationToken.None).WaitAsync(Patience));
        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
    }

    [LinuxFact]
    public async Task ConnectAsync_ThatIsCanceled_Throws() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => LoopChannel.ConnectAsync(_listener.LocalEndPoint!, new CancellationToken(canceled: true)).WaitAsync(Patience));

    private static async Task EchoAsync(Socket socket, int length)
    {
        var buffer = new byte[64 * 1024];
        while (length > 0)
        {
            var received = await socket.ReceiveAsync(buffer);
            await socket.SendAsync(buffer.AsMemory(0, received));
            length -= received;
        }
    }

    private async Task<(LoopChannel Channel, Socket Theirs)> ConnectAsync()
    {
        var connecting = LoopChannel.ConnectAsync(_listener.LocalEndPoint!, CancellationToken.None);
        return (await connecting.WaitAsync(Patience), await _listener.AcceptAsync());
    }
}
