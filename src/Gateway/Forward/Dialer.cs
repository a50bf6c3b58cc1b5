using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Tollgate.Gateway.Loop;

namespace Tollgate.Gateway.Forward;

/// <summary>Opens connections to one origin: looks its name up, tries its addresses, agrees on TLS.</summary>
internal sealed class Dialer(BackendOrigin origin, BackendTrust trust, TimeSpan patience, TimeProvider time)
{
    /// <summary>Its connections are watched by the gateway's loops.</summary>
    public bool IsOnLoop => EventLoop.IsSupported && !origin.IsTls;

    /// <summary>A connection, or why there is none.</summary>
    public async Task<(Transport? Transport, Fault? Fault)> DialAsync()
    {
        using var limit = new CancellationTokenSource(patience, time);
        try
        {
            return (await ConnectAsync(limit.Token), null);
        }
        catch (Exception error) when (error is SocketException or IOException or AuthenticationException or OperationCanceledException
            or ArgumentException or ObjectDisposedException)
        {
            return (null, limit.IsCancellationRequested ? Faults.ConnectTimeout : Faults.ConnectionFailed);
        }
    }

    private async Task<Transport> ConnectAsync(CancellationToken limit)
    {
        if (IPAddress.TryParse(origin.Host, out var literal))
        {
            return await ConnectAsync(literal, limit);
        }

        var addresses = await Dns.GetHostAddressesAsync(origin.Host, limit);
        for (var i = 0; i < addresses.Length - 1; i++)
        {
            // One address that swallows packets must not use up the time of all others.
            using var share = CancellationTokenSource.CreateLinkedTokenSource(limit);
            share.CancelAfter(patience / addresses.Length);
            try
            {
                return await ConnectAsync(addresses[i], share.Token);
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException && !limit.IsCancellationRequested)
            {
                // The next one may answer.
            }
        }

        return addresses.Length == 0
            ? throw new SocketException((int)SocketError.HostNotFound)
            : await ConnectAsync(addresses[^1], limit);
    }

    private async Task<Transport> ConnectAsync(IPAddress address, CancellationToken limit)
    {
        var to = new IPEndPoint(address, origin.Port);
        if (IsOnLoop)
        {
            return new Transport(await LoopChannel.ConnectAsync(to, limit));
        }

        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, limit);
            return new Transport(socket, origin.IsTls ? await SecureAsync(socket, limit) : null);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Task<SslStream> SecureAsync(Socket socket, CancellationToken limit) =>
        trust.SecureAsync(new NetworkStream(socket, ownsSocket: false), origin.Host, SslApplicationProtocol.Http11, limit);
}
