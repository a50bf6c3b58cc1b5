using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Tollgate.Gateway.Loop;

/// <summary>A client's connection as the server sees it.</summary>
internal sealed class LoopConnection : DefaultConnectionContext, IDuplexPipe, IWaiter
{
    private static long _last;

    private readonly LoopSocket _socket;
    private readonly LoopReader _reader;
    private readonly LoopWriter _writer;
    private readonly TimeProvider _time;
    private int _isAborted;

    public LoopConnection(Socket socket, EventLoop loop, TimeProvider time)
        : base(string.Create(CultureInfo.InvariantCulture, $"L{Interlocked.Increment(ref _last):x8}"))
    {
        _time = time;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        _socket = new LoopSocket(socket, loop, atEnd: this);
        _reader = new LoopReader(_socket);
        _writer = new LoopWriter(_socket);
        Transport = this;
    }

    PipeReader IDuplexPipe.Input => _reader;

    PipeWriter IDuplexPipe.Output => _writer;

    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (Interlocked.Exchange(ref _isAborted, 1) == 0)
        {
            _socket.Reset();
            base.Abort(abortReason);
        }
    }

    public override ValueTask DisposeAsync()
    {
        _reader.Complete();
        _writer.Complete();
        if (Volatile.Read(ref _isAborted) == 0)
        {
            Farewell.Begin(_socket, _time);
        }

        // Not disposed: whoever is told that the client has gone may still be about to be told.
        return ValueTask.CompletedTask;
    }

    /// <summary>The client has ended or reset the connection: calls under way learn of it, off the loop.</summary>
    void IWaiter.Ready() => base.Abort(new ConnectionAbortedException());
}
