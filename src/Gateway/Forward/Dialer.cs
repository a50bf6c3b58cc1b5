using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Tollgate.Gateway.Forward;

/// <summary>Opens connections to one origin: looks its name up, tries its addresses, agrees on TLS.</summary>
internal sealed class Dialer(BackendOrigin origin, BackendTrust trust, TimeSpan patience, TimeProvider time)
{
    /// <summary>A connection, or why there is none.</summary>
    public async Task<(Transport? Transport, Fault? Fault)> DialAsync()
    {
        using var limit = new CancellationTokenSource(patience, time);
        Socket? socket = null;
        try
        {
            socket = await ConnectAsync(limit.Token);
            var tls = origin.IsTls
                ? await trust.SecureAsync(new NetworkStream(socket, ownsSocket: false), origin.Host, SslApplicationProtocol.Http11, limit.Token)
                : null;
            var transport = new Transport(socket, tls);
            socket = null;
            return (transport, null);
        }
        catch (Exception error) when (error is SocketException or IOException or AuthenticationException or OperationCanceledException
            or ArgumentException or ObjectDisposedException)
        {
            return (null, limit.IsCancellationRequested ? Faults.ConnectTimeout : Faults.ConnectionFailed);
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken limit)
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

    private async Task<Socket> ConnectAsync(IPAddress address, CancellationToken limit)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, origin.Port), limit);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
