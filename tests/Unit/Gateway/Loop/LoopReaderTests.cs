using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Tollgate.Gateway.Loop;

namespace Tollgate.Unit.Gateway.Loop;

public sealed class LoopReaderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [LinuxFact]
    public async Task ReadAsync_BeforeBytesCome_ReturnsThemWhenTheyDo()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var reader = new LoopReader(socket);
        for (var round = 0; round < 100; round++)
        {
            var reading = reader.ReadAsync().AsTask();
            await pair.Theirs.SendAsync("ping"u8.ToArray());
            var read = await reading.WaitAsync(Patience);

            Assert.Equal("ping"u8, read.Buffer.ToArray());
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    [LinuxFact]
    public async Task ReadAsync_WhenAllWasExamined_WaitsForMoreAndKeepsWhatWasNotConsumed()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var reader = new LoopReader(socket);
        await pair.Theirs.SendAsync("GET "u8.ToArray());
        var read = await reader.ReadAsync();
        reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);

        var reading = reader.ReadAsync();
        Assert.False(reading.IsCompleted);
        await pair.Theirs.SendAsync("/"u8.ToArray());

        Assert.Equal("GET /"u8.ToArray(), (await reading.AsTask().WaitAsync(Patience)).Buffer.ToArray());
    }

    [LinuxFact]
    public async Task ReadAsync_WhenNothingIsConsumed_HoldsAllOfIt()
    {
        const int Length = 1024 * 1024;
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var reader = new LoopReader(socket);
        var sent = new byte[Length];
        new Random(1).NextBytes(sent);
        var sending = pair.Theirs.SendAsync(sent);
        while (true)
        {
            var read = await reader.ReadAsync().AsTask().WaitAsync(Patience);
            if (read.Buffer.Length == Length)
            {
                Assert.Equal(sent, read.Buffer.ToArray());
                break;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        await sending;
    }

    [LinuxFact]
    public async Task ReadAsync_WhenTheOtherSideEnds_IsCompletedBehindTheLastBytes()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var reader = new LoopReader(socket);
        await pair.Theirs.SendAsync("last"u8.ToArray());
        pair.Theirs.Dispose();

        var all = new ArrayBufferWriter<byte>();
        bool isCompleted;
        do
        {
            var read = await reader.ReadAsync().AsTask().WaitAsync(Patience);
            isCompleted = read.IsCompleted;
            all.Write(read.Buffer.ToArray());
            reader.AdvanceTo(read.Buffer.End);
        }
        while (!isCompleted);

        Assert.Equal("last"u8, all.WrittenSpan);
    }

    [LinuxFact]
    public async Task ReadAsync_WhenTheOtherSideResets_Throws()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var reading = new LoopReader(socket).ReadAsync().AsTask();
        pair.ResetByThem();

        await Assert.ThrowsAsync<ConnectionResetException>(() => reading.WaitAsync(Patience));
    }

    [LinuxFact]
    public async Task ReadAsync_OfAClosedSocket_Throws()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var reading = new LoopReader(socket).ReadAsync().AsTask();
        socket.Dispose();

        await Assert.ThrowsAsync<ConnectionResetException>(() => reading.WaitAsync(Patience));
    }

    [LinuxFact]
    public async Task CancelPendingRead_OfAWaitingRead_EndsItAndNoOther()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var reader = new LoopReader(socket);
        var reading = reader.ReadAsync().AsTask();
        reader.CancelPendingRead();
        var canceled = await reading.WaitAsync(Patience);
        reader.AdvanceTo(canceled.Buffer.End);

        Assert.True(canceled.IsCanceled);
        Assert.False(reader.TryRead(out _));
    }

    [LinuxFact]
    public async Task CancelPendingRead_BeforeARead_EndsThatOne()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var reader = new LoopReader(socket);
        reader.CancelPendingRead();

        Assert.True((await reader.ReadAsync().AsTask().WaitAsync(Patience)).IsCanceled);
    }

    [LinuxFact]
    public async Task ReadAsync_WithATokenThatIsCanceled_Throws()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        using var limit = new CancellationTokenSource();
        var reading = new LoopReader(socket).ReadAsync(limit.Token).AsTask();
        await limit.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Patience));
    }

    [LinuxFact]
    public async Task Complete_WhileAReadWaits_EndsIt()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var reader = new LoopReader(socket);
        var reading = reader.ReadAsync().AsTask();
        reader.Complete();

        await Assert.ThrowsAsync<InvalidOperationException>(() => reading.WaitAsync(Patience));
    }
}
