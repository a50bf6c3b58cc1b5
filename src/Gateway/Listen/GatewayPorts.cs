using System.Net;
using System.Net.Security;

namespace Tollgate.Gateway.Listen;

/// <summary>Where a gateway listens.</summary>
/// <param name="Address">Address to bind; <see cref="IPAddress.IPv6Any"/> takes IPv4 too.</param>
/// <param name="Http">Port for HTTP.</param>
/// <param name="Https">Port for HTTPS.</param>
/// <param name="Ws">Port for WebSocket APIs.</param>
/// <param name="Wss">Port for WebSocket APIs over TLS.</param>
/// <param name="Tls">What a handshake needs, by the server name that the client asked for, and whether HTTP/2 is offered.</param>
public sealed record GatewayPorts(
    IPAddress Address, int Http, int Https, int Ws, int Wss, Func<string?, bool, SslServerAuthenticationOptions> Tls)
{
    internal bool IsWebSocket(int port) => port == Ws || port == Wss;
}
