using System.Net;

namespace Tollgate.Model;

/// <summary>The proxies in front of this node whose word about the caller counts.</summary>
/// <param name="proxies">Their addresses and networks.</param>
/// <param name="header">The header that they extend. Only one is read: a caller can write the other as it likes.</param>
public sealed class TrustedProxies(IReadOnlyList<AddressRange> proxies, ForwardedHeader header)
{
    public static readonly TrustedProxies None = new([], ForwardedHeader.XForwardedFor);

    /// <summary>False when nobody is trusted, which needs no look at any header.</summary>
    public bool Any => proxies.Count > 0;

    /// <summary>Name of the header with the hops.</summary>
    public string HeaderName => header == ForwardedHeader.Forwarded ? "Forwarded" : "X-Forwarded-For";

    public bool Trusts(IPAddress address)
    {
        for (var i = 0; i < proxies.Count; i++)
        {
            if (proxies[i].Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The nearest hop that is no trusted proxy, seen from here: everything farther away is hearsay. <see cref="IPAddress.None"/> when a trusted
    /// proxy names a hop that is no address.
    /// </summary>
    /// <param name="peer">Who opened the connection.</param>
    /// <param name="hops">The header's values, joined by commas.</param>
    public IPAddress ClientOf(IPAddress peer, ReadOnlySpan<char> hops)
    {
        var client = peer;
        while (!hops.IsEmpty && Trusts(client))
        {
            var comma = hops.LastIndexOf(',');
            if (!TryRead(hops[(comma + 1)..].Trim(), out client))
            {
                return IPAddress.None;
            }

            hops = hops[..Math.Max(comma, 0)];
        }

        return client;
    }

    private bool TryRead(ReadOnlySpan<char> hop, out IPAddress address) =>
        AddressRange.TryRead(WithoutPort(header == ForwardedHeader.Forwarded ? NodeOf(hop) : hop), out address);

    // RFC 7239 section 4: for=192.0.2.43;proto=http;by=203.0.113.43, the node quoted where it has a colon.
    private static ReadOnlySpan<char> NodeOf(ReadOnlySpan<char> element)
    {
        foreach (var range in element.Split(';'))
        {
            var pair = element[range].Trim();
            if (pair.StartsWith("for=", StringComparison.OrdinalIgnoreCase))
            {
                return pair[4..].Trim('"');
            }
        }

        return default;
    }

    // [2001:db8::1]:80 and 192.0.2.1:80; an IPv6 address without brackets has no port.
    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> node)
    {
        if (node.StartsWith('['))
        {
            var end = node.IndexOf(']');
            return end < 0 ? default : node[1..end];
        }

        var colon = node.IndexOf(':');
        return colon >= 0 && node.LastIndexOf(':') == colon ? node[..colon] : node;
    }
}
