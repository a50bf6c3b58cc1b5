using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Tollgate.Gateway.Forward;

/// <summary>The bytes of a connection: a socket, or TLS over one.</summary>
internal sealed class Transport(Socket socket, SslStream? tls) : IDisposable
{
    /// <summary>True for what is thrown when the other side, or we ourselves, closed the connection.</summary>
    public static bool IsLoss(Exception error) => error is SocketException or IOException or ObjectDisposedException or InvalidOperationException;

    /// <summary>Fails as a task only: the connection may be closed by another thread at any time.</summary>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        try
        {
            return tls is null ? socket.ReceiveAsync(buffer, SocketFlags.None) : tls.ReadAsync(buffer);
        }
        catch (Exception error) when (IsLoss(error))
        {
            return ValueTask.FromException<int>(error);
        }
    }

    /// <summary>Sends all of it. Fails as a task only.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (tls is not null)
        {
            await tls.WriteAsync(bytes);
            return;
        }

        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None)..];
        }
    }

    /// <summary>Says that nothing more will be sent; what the other side sends can still be read.</summary>
    public async ValueTask EndAsync()
    {
        if (tls is not null)
        {
            await tls.ShutdownAsync();
        }

        socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Closes at once, from any thread; pending operations end with an error.</summary>
    public void Dispose() => socket.Dispose();
}
