using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Tollgate.Gateway.Loop;

/// <summary>Listeners whose connections are watched by the gateway's loops.</summary>
internal sealed class LoopListeners(TimeProvider time) : IConnectionListenerFactory
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
        return new ValueTask<IConnectionListener>(new LoopListener(listening, time));
    }
}

/// <summary>Accepts the connections of one port.</summary>
internal sealed class LoopListener(Socket listening, TimeProvider time) : IConnectionListener
{
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
            catch (Win32Exception)
            {
                // The client has left before it was let in, or the system has no room for it.
                socket?.Dispose();
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
}
