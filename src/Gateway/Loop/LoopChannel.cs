using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace Tollgate.Gateway.Loop;

/// <summary>A connection that we opened: receives into the caller's memory and sends from it.</summary>
internal sealed class LoopChannel : IDisposable
{
    private readonly LoopSocket _socket;
    private readonly Receiving _receiving;
    private readonly Sending _sending;

    private LoopChannel(LoopSocket socket)
    {
        _socket = socket;
        _receiving = new Receiving(socket);
        _sending = new Sending(socket);
    }

    /// <summary>The number of the loop it is on.</summary>
    public int LoopNumber => _socket.LoopNumber;

    /// <summary>Connects on the loop whose thread this is, if it is one.</summary>
    public static async Task<LoopChannel> ConnectAsync(EndPoint to, CancellationToken limit)
    {
        var socket = new LoopSocket(Begin(to), EventLoop.Current ?? EventLoop.Next());
        try
        {
            using (limit.UnsafeRegister(static socket => ((LoopSocket)socket!).Dispose(), socket))
            {
                await new Connecting(socket).WaitAsync();
                limit.ThrowIfCancellationRequested();
                var outcome = socket.Outcome();
                return outcome == SocketError.Success ? new LoopChannel(socket) : throw new SocketException((int)outcome);
            }
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>How many bytes came; 0 at the end. Fails as a task only.</summary>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        var received = _socket.TryReceive(buffer.Span);
        return received >= 0 ? new ValueTask<int>(received) : _receiving.WaitAsync(buffer);
    }

    /// <summary>Sends all of it. Fails as a task only.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var sent = _socket.TrySend(bytes.Span);
        return sent == bytes.Length ? default : _sending.WaitAsync(bytes[Math.Max(sent, 0)..]);
    }

    /// <summary>Says that nothing more will be sent.</summary>
    public void EndSending() => _socket.EndSending();

    public void Dispose() => _socket.Dispose();

    // Watched only from here on: of a socket that has not begun to connect, epoll says that it hung up.
    private static unsafe Socket Begin(EndPoint to)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
        var address = to.Serialize();
        fixed (byte* at = address.Buffer.Span)
        {
            if (Libc.Connect(socket.SafeHandle, at, address.Size) == 0 || Marshal.GetLastPInvokeError() is Libc.InProgress or Libc.Interrupted)
            {
                return socket;
            }
        }

        socket.Dispose();
        throw new SocketException((int)SocketError.ConnectionRefused);
    }

    private static SocketException Loss() => new((int)SocketError.ConnectionReset);

    private sealed class Receiving(LoopSocket socket) : IWaiter, IValueTaskSource<int>
    {
        private ManualResetValueTaskSourceCore<int> _source;
        private Memory<byte> _buffer;

        public ValueTask<int> WaitAsync(Memory<byte> buffer)
        {
            _source.Reset();
            _buffer = buffer;
            if (!socket.AwaitReadable(this))
            {
                Ready();
            }

            return new ValueTask<int>(this, _source.Version);
        }

        public void Ready()
        {
            int received;
            do
            {
                received = socket.TryReceive(_buffer.Span);
                if (received >= 0)
                {
                    _source.SetResult(received);
                    return;
                }

                if (received == LoopSocket.Lost)
                {
                    _source.SetException(Loss());
                    return;
                }
            }
            while (!socket.AwaitReadable(this));
        }

        public int GetResult(short token) => _source.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _source.OnCompleted(continuation, state, token, flags);
    }

    private sealed class Sending(LoopSocket socket) : IWaiter, IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<bool> _source;
        private ReadOnlyMemory<byte> _rest;

        public ValueTask WaitAsync(ReadOnlyMemory<byte> rest)
        {
            _source.Reset();
            _rest = rest;
            Ready();
            return new ValueTask(this, _source.Version);
        }

        public void Ready()
        {
            do
            {
                var sent = 0;
                while (_rest.Length > 0 && (sent = socket.TrySend(_rest.Span)) >= 0)
                {
                    _rest = _rest[sent..];
                }

                if (_rest.Length == 0)
                {
                    _source.SetResult(true);
                    return;
                }

                if (sent == LoopSocket.Lost)
                {
                    _source.SetException(Loss());
                    return;
                }
            }
            while (!socket.AwaitWritable(this));
        }

        public void GetResult(short token) => _source.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _source.OnCompleted(continuation, state, token, flags);
    }

    private sealed class Connecting(LoopSocket socket) : IWaiter
    {
        private readonly TaskCompletionSource _connected = new();

        public Task WaitAsync()
        {
            if (!socket.AwaitWritable(this))
            {
                Ready();
            }

            return _connected.Task;
        }

        public void Ready() => _connected.TrySetResult();
    }
}
