using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Tasks.Sources;
using Microsoft.AspNetCore.Connections;

namespace Tollgate.Gateway.Loop;

/// <summary>What a client sends, read from its socket when the server asks for it: no second loop that reads ahead, and no memory while idle.</summary>
internal sealed class LoopReader(LoopSocket socket) : PipeReader, IWaiter, IThreadPoolWorkItem, IValueTaskSource<ReadResult>
{
    private const int Small = 16 * 1024;
    private const int Wide = 64 * 1024;

    private ManualResetValueTaskSourceCore<ReadResult> _source;
    private CancellationTokenRegistration _registration;
    private byte[] _bytes = [];
    private int _start;
    private int _end;
    private int _examined;
    private int _size = Small;
    private int _isCanceled;
    private int _isWaiting;
    private bool _isAtEnd;
    private bool _isLost;
    private bool _isDone;

    public override bool TryRead(out ReadResult result)
    {
        if (!HasNews && !TryFill())
        {
            result = default;
            return false;
        }

        ThrowIfLost();
        result = Take();
        return true;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (!HasNews && !TryFill())
        {
            return WaitAsync(cancellationToken);
        }

        return _isLost ? ValueTask.FromException<ReadResult>(Loss()) : new ValueTask<ReadResult>(Take());
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_end == 0)
        {
            // There was nothing in what was read.
            return;
        }

        _start = consumed.GetInteger();
        _examined = examined.GetInteger();
        if (_start == _end)
        {
            Release();
        }
    }

    public override void CancelPendingRead()
    {
        Interlocked.Exchange(ref _isCanceled, 1);
        if (socket.TryForgetReader())
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    public override void Complete(Exception? exception = null)
    {
        _isDone = true;
        if (Volatile.Read(ref _isWaiting) == 0)
        {
            Release();
        }
        else if (socket.TryForgetReader())
        {
            Finish();
        }

        // Else the loop is filling the buffer just now, and gives it back itself.
    }

    /// <summary>The socket has something, is at its end, or is lost.</summary>
    public void Ready()
    {
        while (!TryFill())
        {
            if (socket.AwaitReadable(this))
            {
                return;
            }
        }

        Finish();
    }

    /// <summary>A read that was canceled ends.</summary>
    void IThreadPoolWorkItem.Execute() => Finish();

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private bool HasNews => _end > _examined || _isAtEnd || _isLost || Volatile.Read(ref _isCanceled) != 0 || _isDone;

    private ValueTask<ReadResult> WaitAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ReadResult>(cancellationToken);
        }

        _source.Reset();
        Volatile.Write(ref _isWaiting, 1);
        // Only the server's handshake comes with one, and what it cancels ends the connection: told like any other cancellation.
        _registration = cancellationToken.UnsafeRegister(static reader => ((LoopReader)reader!).CancelPendingRead(), this);
        while (!socket.AwaitReadable(this) || (Volatile.Read(ref _isCanceled) != 0 && socket.TryForgetReader()))
        {
            if (HasNews || TryFill())
            {
                Finish();
                break;
            }
        }

        return new ValueTask<ReadResult>(this, _source.Version);
    }

    private void Finish()
    {
        var isUnwanted = _registration.Token.IsCancellationRequested;
        _registration.Unregister();
        _registration = default;
        Volatile.Write(ref _isWaiting, 0);
        if (_isDone)
        {
            Release();
            _source.SetException(new InvalidOperationException("The reader is complete."));
        }
        else if (_isLost)
        {
            _source.SetException(Loss());
        }
        else if (isUnwanted)
        {
            Volatile.Write(ref _isCanceled, 0);
            _source.SetException(new OperationCanceledException());
        }
        else
        {
            _source.SetResult(Take());
        }
    }

    // True when there is something to tell.
    private bool TryFill()
    {
        if (!socket.MayReceive)
        {
            return false;
        }

        MakeRoom();
        var room = _bytes.Length - _end;
        var received = socket.TryReceive(_bytes.AsSpan(_end));
        if (received > 0)
        {
            // Who sends more than a buffer of it gets a larger one.
            _size = received == room ? Wide : _size;
            _end += received;
            return true;
        }

        if (_start == _end)
        {
            Release();
        }

        _isAtEnd |= received == 0;
        _isLost |= received == LoopSocket.Lost;
        return received != LoopSocket.WouldBlock;
    }

    private ReadResult Take()
    {
        if (_isDone)
        {
            throw new InvalidOperationException("The reader is complete.");
        }

        var isCanceled = Volatile.Read(ref _isCanceled) != 0 && Interlocked.Exchange(ref _isCanceled, 0) != 0;
        return new ReadResult(new ReadOnlySequence<byte>(_bytes, _start, _end - _start), isCanceled, _isAtEnd);
    }

    private void MakeRoom()
    {
        if (_bytes.Length == 0)
        {
            _bytes = ArrayPool<byte>.Shared.Rent(_size);
        }
        else if (_end == _bytes.Length || _bytes.Length - _end < _bytes.Length / 4)
        {
            var unread = _bytes.AsSpan(_start, _end - _start);
            var other = ArrayPool<byte>.Shared.Rent(unread.Length > _bytes.Length / 2 ? _bytes.Length * 2 : _bytes.Length);
            unread.CopyTo(other);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = other;
            _end -= _start;
            _examined -= _start;
            _start = 0;
        }
    }

    private void Release()
    {
        if (_bytes.Length > 0)
        {
            _size = _bytes.Length > Small && _end < Small ? Small : _size;
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }

        _start = _end = _examined = 0;
    }

    private void ThrowIfLost()
    {
        if (_isLost)
        {
            throw Loss();
        }
    }

    private static ConnectionResetException Loss() => new("The connection was reset by its other side, or is closed.");
}
