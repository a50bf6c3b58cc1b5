using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Tollgate.Model;

namespace Tollgate.Gateway.Listen;

/// <summary>Who calls over a connection: the peer, or for whom a trusted proxy asks.</summary>
internal sealed class Caller
{
    private IPAddress? _known;
    private IPAddress _peer = IPAddress.None;

    /// <summary>The caller's address; <see cref="IPAddress.None"/> when it is not known.</summary>
    public IPAddress Address { get; private set; } = IPAddress.None;

    /// <summary>The trusted proxy that opened the connection; null when it was the caller.</summary>
    public IPAddress? Proxy { get; private set; }

    public void Read(IHttpConnectionFeature connection, IHttpRequestFeature request, TrustedProxies proxies)
    {
        // The same object for all requests of a connection; IPv4 callers of a listener for both have an IPv6 form that nobody would recognise.
        if (!ReferenceEquals(connection.RemoteIpAddress, _known))
        {
            _known = connection.RemoteIpAddress;
            _peer = _known is { IsIPv4MappedToIPv6: true } ? _known.MapToIPv4() : _known ?? IPAddress.None;
        }

        Address = _peer;
        Proxy = null;
        if (proxies.Any && proxies.Trusts(_peer))
        {
            Proxy = _peer;
            Address = proxies.ClientOf(_peer, request.Headers[proxies.HeaderName].ToString());
            // The proxy ends TLS for the caller. Several values would be hearsay.
            if (request.Headers["X-Forwarded-Proto"] is [{ } scheme])
            {
                request.Scheme = Scheme(scheme) ?? request.Scheme;
            }
        }
    }

    private static string? Scheme(string text) =>
        text.Equals("https", StringComparison.OrdinalIgnoreCase) ? "https" : text.Equals("http", StringComparison.OrdinalIgnoreCase) ? "http" : null;
}
