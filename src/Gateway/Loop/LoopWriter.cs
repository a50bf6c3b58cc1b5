using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Tasks.Sources;

namespace Tollgate.Gateway.Loop;

/// <summary>What a client is sent, gathered until the server flushes, and then sent from where it stands.</summary>
internal sealed class LoopWriter(LoopSocket socket) : PipeWriter, IWaiter, IThreadPoolWorkItem, IValueTaskSource<FlushResult>
{
    private const int Small = 16 * 1024;
    private const int Wide = 128 * 1024;

    private ManualResetValueTaskSourceCore<FlushResult> _source;
    private byte[] _bytes = [];
    private int _start;
    private int _end;
    private int _size = Small;
    private int _isCanceled;
    private int _isWaiting;
    private bool _isLost;
    private bool _isDone;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _end - _start;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_end);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(_end);
    }

    public override void Advance(int bytes) => _end += bytes;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (TrySend())
        {
            return new ValueTask<FlushResult>(Result());
        }

        _source.Reset();
        Volatile.Write(ref _isWaiting, 1);
        while (!socket.AwaitWritable(this) || (Volatile.Read(ref _isCanceled) != 0 && socket.TryForgetWriter()))
        {
            if (Volatile.Read(ref _isCanceled) != 0 || TrySend())
            {
                Finish();
                break;
            }
        }

        return new ValueTask<FlushResult>(this, _source.Version);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        var sent = 0;
        if (_start == _end && !_isLost && !_isDone)
        {
            // From where it stands, without a copy.
            sent = Math.Max(socket.TrySend(source.Span), 0);
            if (sent == source.Length)
            {
                return new ValueTask<FlushResult>(Result());
            }
        }

        var rest = source.Span[sent..];
        rest.CopyTo(GetSpan(rest.Length));
        Advance(rest.Length);
        return FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush()
    {
        Interlocked.Exchange(ref _isCanceled, 1);
        if (socket.TryForgetWriter())
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    public override void Complete(Exception? exception = null)
    {
        if (_isDone)
        {
            return;
        }

        _isDone = true;
        if (Volatile.Read(ref _isWaiting) == 0)
        {
            // The server flushes before it completes; if it did not, there is this one chance.
            _ = TrySend();
            Release();
        }
        else if (socket.TryForgetWriter())
        {
            Release();
            Finish();
        }

        // Else the loop is sending from the buffer just now, and gives it back itself.
    }

    /// <summary>The socket takes more, or is lost.</summary>
    public void Ready()
    {
        while (!TrySend())
        {
            if (socket.AwaitWritable(this))
            {
                return;
            }
        }

        Finish();
    }

    /// <summary>A flush that was canceled ends.</summary>
    void IThreadPoolWorkItem.Execute() => Finish();

    FlushResult IValueTaskSource<FlushResult>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<FlushResult>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<FlushResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Finish()
    {
        Volatile.Write(ref _isWaiting, 0);
        _source.SetResult(Result());
    }

    // True when all of it is sent, or nothing ever will be.
    private bool TrySend()
    {
        while (_start < _end && !_isLost)
        {
            var sent = socket.TrySend(_bytes.AsSpan(_start, _end - _start));
            if (sent == LoopSocket.WouldBlock)
            {
                return false;
            }

            _isLost = sent == LoopSocket.Lost;
            _start += Math.Max(sent, 0);
        }

        Release();
        return true;
    }

    private FlushResult Result()
    {
        var isCanceled = Volatile.Read(ref _isCanceled) != 0 && Interlocked.Exchange(ref _isCanceled, 0) != 0;
        return new FlushResult(isCanceled, _isLost || _isDone);
    }

    private void MakeRoom(int least)
    {
        if (_bytes.Length == 0)
        {
            _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(_size, least));
        }
        else if (_bytes.Length - _end < least)
        {
            var unsent = _bytes.AsSpan(_start, _end - _start);
            var other = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(_bytes.Length * 2, Wide), unsent.Length + least));
            unsent.CopyTo(other);
            ArrayPool<byte>.Shared.Return(_bytes);
            (_bytes, _start, _end) = (other, 0, unsent.Length);
        }
    }

    private void Release()
    {
        if (_bytes.Length > 0)
        {
            // What comes next is most likely as large as what came before.
            _size = _end > Small ? Wide : Small;
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }

        _start = _end = 0;
    }
}
