using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tollgate.Gateway.Loop;

/// <summary>A socket that a loop watches, connected or about to be. One reader and one writer at a time, on any thread.</summary>
/// <remarks>
/// Events are edges: the loop counts them, a reader notes at which count it found the socket empty, and until the count has moved on it need
/// not ask again. A read that leaves room in the buffer has emptied the socket, unless its end was announced.
/// </remarks>
internal sealed class LoopSocket : IDisposable
{
    /// <summary>Nothing can be read or written now.</summary>
    public const int WouldBlock = -1;

    /// <summary>The connection is broken, or closed by us.</summary>
    public const int Lost = -2;

    private readonly Socket _socket;
    private readonly EventLoop _loop;
    private readonly GCHandle _watched;
    private readonly IWaiter? _atEnd;
    private IWaiter? _reader;
    private IWaiter? _writer;
    private int _events;
    private int _emptyAt = -1;
    private int _fullAt;
    private volatile bool _hasEnded;
    private volatile bool _isReset;
    private int _isEndTold;
    private int _isClosed;

    /// <param name="socket">Belongs to this object from here on; nothing asynchronous is done with it elsewhere.</param>
    /// <param name="loop">Who watches it.</param>
    /// <param name="atEnd">
    /// Told once, when the other side has reset the connection, or has ended it and all that it sent was read; even when nobody reads just then.
    /// </param>
    public LoopSocket(Socket socket, EventLoop loop, IWaiter? atEnd = null)
    {
        _socket = socket;
        _loop = loop;
        _atEnd = atEnd;
        Handle = socket.SafeHandle;
        // From here on the loop may call.
        _watched = loop.Add(this);
    }

    public SafeSocketHandle Handle { get; }

    /// <summary>The number of its loop.</summary>
    public int LoopNumber => _loop.Number;

    /// <summary>False when the socket was found empty and nothing has happened since.</summary>
    public bool MayReceive => Volatile.Read(ref _events) != _emptyAt || _hasEnded;

    /// <summary>How many bytes were read; 0 at the end.</summary>
    public unsafe int TryReceive(Span<byte> bytes)
    {
        var seen = Volatile.Read(ref _events);
        if (seen == _emptyAt && !_hasEnded)
        {
            return WouldBlock;
        }

        try
        {
            while (true)
            {
                nint received;
                fixed (byte* at = bytes)
                {
                    received = Libc.Receive(Handle, at, bytes.Length, Libc.DontWait);
                }

                if (received >= 0)
                {
                    return Received((int)received, bytes.Length, seen);
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Libc.Interrupted:
                        continue;
                    case Libc.TryAgain:
                        // Nothing and no end either. An end that comes meanwhile moves the count.
                        _hasEnded = false;
                        _emptyAt = seen;
                        return WouldBlock;
                    default:
                        _isReset = true;
                        TellEnd();
                        return Lost;
                }
            }
        }
        catch (ObjectDisposedException)
        {
            return Lost;
        }
    }

    /// <summary>How many bytes were taken.</summary>
    public unsafe int TrySend(ReadOnlySpan<byte> bytes)
    {
        _fullAt = Volatile.Read(ref _events);
        try
        {
            while (true)
            {
                nint sent;
                fixed (byte* at = bytes)
                {
                    sent = Libc.Send(Handle, at, bytes.Length, Libc.DontWait | Libc.NoSignal);
                }

                if (sent >= 0)
                {
                    return (int)sent;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Libc.Interrupted:
                        continue;
                    case Libc.TryAgain:
                        return WouldBlock;
                    case Libc.ConnectionReset:
                        _isReset = true;
                        return Lost;
                    default:
                        return Lost;
                }
            }
        }
        catch (ObjectDisposedException)
        {
            return Lost;
        }
    }

    /// <summary>What became of connecting.</summary>
    public SocketError Outcome() => (SocketError)_socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;

    /// <summary>False when something happened since the last read: it should be tried again at once.</summary>
    public bool AwaitReadable(IWaiter waiter)
    {
        Interlocked.Exchange(ref _reader, waiter);
        return !MayReceive || !TryForget(ref _reader);
    }

    /// <summary>False when something happened since the last write: it should be tried again at once.</summary>
    public bool AwaitWritable(IWaiter waiter)
    {
        Interlocked.Exchange(ref _writer, waiter);
        return Volatile.Read(ref _events) == _fullAt || !TryForget(ref _writer);
    }

    /// <summary>True when the reader waited: it will not be told any more.</summary>
    public bool TryForgetReader() => TryForget(ref _reader);

    /// <summary>True when the writer waited: it will not be told any more.</summary>
    public bool TryForgetWriter() => TryForget(ref _writer);

    /// <summary>Called by the loop.</summary>
    public void Notice(uint events)
    {
        var isOver = (events & (Libc.PeerEnded | Libc.HangUp | Libc.Error)) != 0;
        if (isOver)
        {
            _hasEnded = true;
        }

        Interlocked.Increment(ref _events);
        if (_reader is not null && (isOver || (events & Libc.In) != 0))
        {
            Interlocked.Exchange(ref _reader, null)?.Ready();
        }

        if (_writer is not null && (events & (Libc.Out | Libc.HangUp | Libc.Error)) != 0)
        {
            Interlocked.Exchange(ref _writer, null)?.Ready();
        }

        if (isOver && _atEnd is not null && Volatile.Read(ref _isEndTold) == 0 && ((events & (Libc.HangUp | Libc.Error)) != 0 || IsEmpty()))
        {
            TellEnd();
        }
    }

    /// <summary>Says that nothing more will be sent.</summary>
    public void EndSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Is over already.
        }
    }

    /// <summary>Closes at once; what was not delivered is dropped, and the other side is told so.</summary>
    public void Reset()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Is over already.
        }

        Dispose();
    }

    /// <summary>Closes, from any thread; whoever waits is told, on the thread pool.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        _loop.Remove(this, _watched);
        _socket.Dispose();
        _hasEnded = true;
        Interlocked.Increment(ref _events);
        Tell(Interlocked.Exchange(ref _reader, null));
        Tell(Interlocked.Exchange(ref _writer, null));
    }

    // The system reports a reset once, and then an end as if all were well.
    private int Received(int received, int room, int seen)
    {
        _emptyAt = received < room ? seen : seen - 1;
        if (received == 0 && _isReset)
        {
            return Lost;
        }

        if (received == 0 || (received < room && _hasEnded))
        {
            TellEnd();
        }

        return received;
    }

    private void TellEnd()
    {
        if (_atEnd is not null && Interlocked.Exchange(ref _isEndTold, 1) == 0)
        {
            _atEnd.Ready();
        }
    }

    private unsafe bool IsEmpty()
    {
        try
        {
            byte next;
            return Libc.Receive(Handle, &next, 1, Libc.DontWait | Libc.Peek) <= 0;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private static bool TryForget(ref IWaiter? waiter) => Interlocked.Exchange(ref waiter, null) is not null;

    private static void Tell(IWaiter? waiter)
    {
        if (waiter is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static waiter => waiter.Ready(), waiter, preferLocal: false);
        }
    }
}
