using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Tollgate.Gateway.Forward;

/// <summary>The bytes of a connection: a socket, or TLS over one.</summary>
internal sealed class Transport(Socket socket, SslStream? tls) : IDisposable
{
    /// <summary>True for what is thrown when the other side, or we ourselves, closed the connection.</summary>
    public static bool IsLoss(Exception error) => error is SocketException or IOException or ObjectDisposedException or InvalidOperationException;

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => tls is null ? socket.ReceiveAsync(buffer, SocketFlags.None) : tls.ReadAsync(buffer);

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => tls is null ? SendAllAsync(bytes) : tls.WriteAsync(bytes);

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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAllAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None)..];
        }
    }
}
