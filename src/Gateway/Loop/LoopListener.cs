using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Tollgate.Gateway.Loop;

/// <summary>Listeners whose connections are watched by the gateway's loops.</summary>
internal sealed class LoopListeners(TimeProvider time, ILoggerFactory loggers) : IConnectionListenerFactory
{
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        Socket listening;
        try
        {
            listening = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(error.Message, error);
        }

        listening.Listen(new SocketTransportOptions().Backlog);
        return new ValueTask<IConnectionListener>(new LoopListener(listening, time, loggers.CreateLogger<LoopListener>()));
    }
}

/// <summary>Accepts the connections of one port.</summary>
internal sealed partial class LoopListener(Socket listening, TimeProvider time, ILogger log) : IConnectionListener
{
    // What makes room are connections that end. Asking again at once would take a processor until one does.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private long _saidAt;

    public EndPoint EndPoint { get; } = listening.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Socket? socket = null;
            try
            {
                socket = await listening.AcceptAsync(cancellationToken);
                socket.NoDelay = true;
                return new LoopConnection(socket, EventLoop.Next(), time);
            }
            catch (Exception error) when (error is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                // No longer listening.
                return null;
            }
            catch (SocketException error) when (socket is not null || error.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
            {
                // The client has left before it was let in.
                socket?.Dispose();
            }
            catch (Win32Exception error)
            {
                // The system has no room for it: mostly, the process has as many files open as it may. Others wait in the backlog.
                socket?.Dispose();
                Say(error);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        listening.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        listening.Dispose();
        return ValueTask.CompletedTask;
    }

    // At the limit, each connection that ends lets in another: that is one shortage, not many.
    private void Say(Win32Exception error)
    {
        if (_saidAt == 0 || time.GetElapsedTime(_saidAt) >= Silence)
        {
            _saidAt = time.GetTimestamp();
            NoRoom(log, EndPoint, error.Message);
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "No connection can be accepted on {EndPoint}: {Reason}. Clients wait until others leave; "
        + "raise the process's limit of open files, or set gateway.limits.max_connections")]
    private static partial void NoRoom(ILogger log, EndPoint endPoint, string reason);
}
