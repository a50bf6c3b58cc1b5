using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Tollgate.Gateway.Listen;

/// <summary>Where a gateway listens.</summary>
/// <param name="Address">Address to bind; <see cref="IPAddress.IPv6Any"/> takes IPv4 too.</param>
/// <param name="Http">Port for HTTP.</param>
/// <param name="Https">Port for HTTPS.</param>
/// <param name="Ws">Port for WebSocket APIs.</param>
/// <param name="Wss">Port for WebSocket APIs over TLS.</param>
/// <param name="Certificate">The server's certificate with its private key.</param>
public sealed record GatewayPorts(IPAddress Address, int Http, int Https, int Ws, int Wss, X509Certificate2 Certificate)
{
    internal bool IsWebSocket(int port) => port == Ws || port == Wss;
}
