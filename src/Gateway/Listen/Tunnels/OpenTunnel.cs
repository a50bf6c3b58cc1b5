using System.Runtime.CompilerServices;
using Tollgate.Gateway.Follow;

namespace Tollgate.Gateway.Listen.Tunnels;

/// <summary>The client's side of an open WebSocket connection. Passes bytes on, knows where frames end, and can end the connection in good order.</summary>
/// <remarks>
/// 1. One loop reads and one writes, each alone (<see cref="Forward.Tunnel"/>); <see cref="Close"/> may come from a third thread at any time.
/// 2. Whoever holds the pen writes to the client: the writing loop for one piece, or the closing for its frame. Nothing follows a close frame.
/// 3. The reading loop, when the connection is to close, says so to the backend and then reports the end of the client.
/// </remarks>
internal sealed class OpenTunnel(Stream client, RequestContext context, OpenTunnels all, TimeProvider time) : Stream
{
    private FrameTracker _fromClient;
    private FrameTracker _toClient;
    private CancellationTokenSource? _reading;
    private Closing? _closing;
    private bool _isClosed;
    private bool _hasToldBackend;
    private int _pen;
    private long _movedAt = time.GetTimestamp();

    public RequestContext Context => context;

    /// <summary>The snapshot by which the connection was judged last.</summary>
    public Snapshot Snapshot { get; set; } = context.Exchange.Snapshot;

    /// <summary>What judges it again; made when that is needed first.</summary>
    public Exchange? Again { get; set; }

    /// <summary>It is being judged, which waits for something.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Since when it is closing; 0 when it is not.</summary>
    public long ClosingSince { get; private set; }

    /// <summary>How long nothing has passed in either direction.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _movedAt));

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Ends the connection: a close frame to both sides, as soon as each is between two frames.</summary>
    public void Close(Closing why)
    {
        if (Interlocked.CompareExchange(ref _closing, why, null) is not null)
        {
            return;
        }

        ClosingSince = time.GetTimestamp();
        // First to the client: the backend, once told, answers with a close frame of its own, which says something else.
        _ = SayGoodbyeAsync();
        try
        {
            Volatile.Read(ref _reading)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection has just ended by itself.
        }
    }

    /// <summary>Breaks the client's connection; the backend's ends with it.</summary>
    public void Abort() => context.Lifetime.Abort();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The loop brings the same token each time.
        if (_reading is null)
        {
            Interlocked.Exchange(ref _reading, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken));
        }

        if (Volatile.Read(ref _closing) is not null)
        {
            return TellBackend(buffer);
        }

        try
        {
            var read = await client.ReadAsync(buffer, _reading!.Token);
            if (Volatile.Read(ref _closing) is not null && _fromClient.IsBetweenFrames)
            {
                // The client's answer to the close frame, most likely: it would tell the backend that all went as the client wished.
                return TellBackend(buffer);
            }

            _fromClient.Read(buffer.Span[..read]);
            Moved();
            return read;
        }
        catch (OperationCanceledException) when (Volatile.Read(ref _closing) is not null)
        {
            return TellBackend(buffer);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The closing has it for a moment only, unless it is over with this connection.
        for (var spin = default(SpinWait); !TryTakePen(); spin.SpinOnce())
        {
            if (Volatile.Read(ref _isClosed))
            {
                return;
            }
        }

        try
        {
            if (!_isClosed)
            {
                await client.WriteAsync(buffer, cancellationToken);
                _toClient.Read(buffer.Span);
                Moved();
            }
        }
        finally
        {
            PutPenDown();
        }

        if (Volatile.Read(ref _closing) is not null)
        {
            await SayGoodbyeAsync();
        }
    }

    // Each piece was sent when it was written.
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        all.Forget(this);
        await client.DisposeAsync();
        _reading?.Dispose();
        await base.DisposeAsync();
    }

    private void Moved() => Volatile.Write(ref _movedAt, time.GetTimestamp());

    private bool TryTakePen() => Interlocked.CompareExchange(ref _pen, 1, 0) == 0;

    // A full fence: what is looked at next must not be read before.
    private void PutPenDown() => Interlocked.Exchange(ref _pen, 0);

    // Whoever has the pen calls this again when it is put down.
    private async Task SayGoodbyeAsync()
    {
        if (!TryTakePen())
        {
            return;
        }

        try
        {
            if (!_isClosed && _toClient.IsBetweenFrames)
            {
                Volatile.Write(ref _isClosed, true);
                if (!_toClient.HasClosed)
                {
                    await client.WriteAsync(_closing!.ToClient);
                }
            }
        }
        catch (Exception error) when (Forward.Transport.IsLoss(error) || error is OperationCanceledException)
        {
            // The client is gone already.
        }
        finally
        {
            PutPenDown();
        }
    }

    private int TellBackend(Memory<byte> buffer)
    {
        var frame = _closing!.ToBackend;
        if (_hasToldBackend || !_fromClient.IsBetweenFrames || _fromClient.HasClosed || buffer.Length < frame.Length)
        {
            return 0;
        }

        _hasToldBackend = true;
        frame.CopyTo(buffer);
        return frame.Length;
    }
}
