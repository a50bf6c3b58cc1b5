using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Tollgate.Gateway.Loop;

namespace Tollgate.Gateway.Forward;

/// <summary>The bytes of a connection: watched by one of the gateway's loops, or by the runtime where there is none, or TLS.</summary>
internal sealed class Transport : IDisposable
{
    private readonly LoopChannel? _channel;
    private readonly Socket? _socket;
    private readonly SslStream? _tls;

    public Transport(LoopChannel channel) => _channel = channel;

    public Transport(Socket socket, SslStream? tls)
    {
        _socket = socket;
        _tls = tls;
    }

    /// <summary>The number of the loop it is on; 0 without one.</summary>
    public int LoopNumber => _channel?.LoopNumber ?? 0;

    /// <summary>True for what is thrown when the other side, or we ourselves, closed the connection.</summary>
    public static bool IsLoss(Exception error) => error is SocketException or IOException or ObjectDisposedException or InvalidOperationException;

    /// <summary>Fails as a task only: the connection may be closed by another thread at any time.</summary>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (_channel is not null)
        {
            return _channel.ReceiveAsync(buffer);
        }

        try
        {
            return _tls is null ? _socket!.ReceiveAsync(buffer, SocketFlags.None) : _tls.ReadAsync(buffer);
        }
        catch (Exception error) when (IsLoss(error))
        {
            return ValueTask.FromException<int>(error);
        }
    }

    /// <summary>Sends all of it. Fails as a task only.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => _channel?.SendAsync(bytes) ?? SendSlowlyAsync(bytes);

    /// <summary>Says that nothing more will be sent; what the other side sends can still be read.</summary>
    public async ValueTask EndAsync()
    {
        if (_tls is not null)
        {
            await _tls.ShutdownAsync();
        }

        _channel?.EndSending();
        _socket?.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Closes at once, from any thread; pending operations end with an error.</summary>
    public void Dispose()
    {
        _channel?.Dispose();
        _socket?.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendSlowlyAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_tls is not null)
        {
            await _tls.WriteAsync(bytes);
            return;
        }

        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket!.SendAsync(bytes, SocketFlags.None)..];
        }
    }
}
