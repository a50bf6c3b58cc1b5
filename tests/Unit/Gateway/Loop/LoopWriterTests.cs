using Tollgate.Gateway.Loop;

namespace Tollgate.Unit.Gateway.Loop;

public sealed class LoopWriterTests
{
    // More than two sockets hold.
    private const int Large = 16 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly byte[] Head = [.. "head"u8];

    private readonly byte[] _bytes = new byte[Large];

    public LoopWriterTests() => new Random(1).NextBytes(_bytes);

    [LinuxFact]
    public async Task FlushAsync_OfMoreThanTheSocketTakes_WaitsForTheReader()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var writer = new LoopWriter(socket);
        _bytes.CopyTo(writer.GetSpan(Large));
        writer.Advance(Large);
        var flushing = writer.FlushAsync();

        Assert.False(flushing.IsCompleted);
        Assert.Equal(_bytes, await pair.ReadByThemAsync(Large).WaitAsync(Patience));
        Assert.False((await flushing.AsTask().WaitAsync(Patience)).IsCompleted);
        Assert.Equal(0, writer.UnflushedBytes);
    }

    [LinuxFact]
    public async Task WriteAsync_BehindWhatIsUnsent_KeepsTheOrder()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var writer = new LoopWriter(socket);
        Head.CopyTo(writer.GetSpan(4));
        writer.Advance(4);
        var writing = writer.WriteAsync(_bytes);
        byte[] all = [.. Head, .. _bytes];

        Assert.Equal(all, await pair.ReadByThemAsync(Large + 4).WaitAsync(Patience));
        await writing.AsTask().WaitAsync(Patience);
        await writer.WriteAsync("tail"u8.ToArray());
        Assert.Equal("tail"u8.ToArray(), await pair.ReadByThemAsync(4).WaitAsync(Patience));
    }

    [LinuxFact]
    public async Task GetMemory_WithoutAFlush_GathersAllOfIt()
    {
        const int Count = 3000;
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var writer = new LoopWriter(socket);
        for (var i = 0; i < Count; i++)
        {
            _bytes.AsSpan(i * 100, 100).CopyTo(writer.GetMemory(100).Span);
            writer.Advance(100);
        }

        Assert.Equal(Count * 100, writer.UnflushedBytes);
        var flushing = writer.FlushAsync();
        Assert.Equal(_bytes[..(Count * 100)], await pair.ReadByThemAsync(Count * 100).WaitAsync(Patience));
        await flushing.AsTask().WaitAsync(Patience);
    }

    [LinuxFact]
    public async Task FlushAsync_WhenTheOtherSideResets_IsCompleted()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var writing = new LoopWriter(socket).WriteAsync(_bytes).AsTask();
        pair.ResetByThem();

        Assert.True((await writing.WaitAsync(Patience)).IsCompleted);
    }

    [LinuxFact]
    public async Task CancelPendingFlush_OfAWaitingFlush_EndsIt()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var writer = new LoopWriter(socket);
        var writing = writer.WriteAsync(_bytes).AsTask();
        writer.CancelPendingFlush();

        Assert.True((await writing.WaitAsync(Patience)).IsCanceled);
    }

    [LinuxFact]
    public async Task Complete_WhileAFlushWaits_EndsIt()
    {
        using var pair = await LoopPair.ConnectAsync();
        using var socket = pair.Watch();
        var writer = new LoopWriter(socket);
        var writing = writer.WriteAsync(_bytes).AsTask();
        writer.Complete();

        Assert.True((await writing.WaitAsync(Patience)).IsCompleted);
    }
}
