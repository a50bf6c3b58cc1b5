using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Tollgate.Gateway.Loop;

namespace Tollgate.Unit.Gateway.Loop;

public sealed class LoopConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [LinuxFact]
    public async Task ConnectionClosed_WhenTheClientLeavesAndNobodyReads_IsTold()
    {
        using var pair = await LoopPair.ConnectAsync();
        await using var connection = Connection(pair);
        var closed = new TaskCompletionSource();
        connection.ConnectionClosed.Register(closed.SetResult);
        pair.Theirs.Dispose();

        await closed.Task.WaitAsync(Patience);
    }

    [LinuxFact]
    public async Task ConnectionClosed_OfAClientThatLeftUnreadBytes_IsToldOnceTheyAreRead()
    {
        using var pair = await LoopPair.ConnectAsync();
        await using var connection = Connection(pair);
        var closed = new TaskCompletionSource();
        connection.ConnectionClosed.Register(closed.SetResult);
        await pair.Theirs.SendAsync("a request"u8.ToArray());
        pair.Theirs.Dispose();
        // Whatever the loop has to say has been said by then.
        await LoopPair.LoopsHaveTurnedAsync();

        Assert.False(closed.Task.IsCompleted);
        var read = await connection.Transport.Input.ReadAsync();
        Assert.Equal(9, read.Buffer.Length);
        await closed.Task.WaitAsync(Patience);
    }

    [LinuxFact]
    public async Task Abort_OfAConnection_ResetsItAndEndsReading()
    {
        using var pair = await LoopPair.ConnectAsync();
        await using var connection = Connection(pair);
        var reading = connection.Transport.Input.ReadAsync().AsTask();
        connection.Abort(new ConnectionAbortedException());

        await Assert.ThrowsAsync<ConnectionResetException>(() => reading.WaitAsync(Patience));
        var error = await Assert.ThrowsAsync<SocketException>(() => pair.Theirs.ReceiveAsync(new byte[1]).WaitAsync(Patience));
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
    }

    [LinuxFact]
    public async Task DisposeAsync_WithUnreadBytes_StillDeliversTheAnswer()
    {
        using var pair = await LoopPair.ConnectAsync();
        var connection = Connection(pair);
        await pair.Theirs.SendAsync(new byte[100_000]);
        await connection.Transport.Output.WriteAsync("413"u8.ToArray());
        await connection.DisposeAsync();
        await pair.Theirs.SendAsync(new byte[100_000]);

        // To the end, without an error.
        Assert.Equal("413"u8.ToArray(), await pair.ReadByThemAsync(10).WaitAsync(Patience));
    }

    [LinuxFact]
    public async Task DisposeAsync_OfAClientThatGoesOnSending_ClosesAfterAWhile()
    {
        using var pair = await LoopPair.ConnectAsync();
        var connection = Connection(pair);
        await pair.Theirs.SendAsync(new byte[1000]);
        await connection.DisposeAsync();

        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            for (var sent = 0; sent < 1_000_000_000; sent += 100_000)
            {
                await pair.Theirs.SendAsync(new byte[100_000]);
            }
        }).WaitAsync(Patience);
    }

    private static LoopConnection Connection(LoopPair pair) => new(pair.Ours, EventLoop.Next(), TimeProvider.System);
}
