using System.Net;

namespace Tollgate.Security.Fetch;

/// <summary>Decides to which addresses a connection may be made: public ones, and what an operator allowed.</summary>
public sealed class OutboundGuard
{
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IPNetwork> _networks = [];

    /// <param name="allowed">Host names, addresses and networks in CIDR form.</param>
    public OutboundGuard(IEnumerable<string> allowed)
    {
        foreach (var entry in allowed.Select(entry => entry.Trim()))
        {
            if (IPAddress.TryParse(entry, out var address))
            {
                _networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(entry, out var network))
            {
                _networks.Add(network);
            }
            else
            {
                // A slash that is no network would otherwise be a host that no URL can name: an allowance that never holds.
                _hosts.Add(Uri.CheckHostName(entry) == UriHostNameType.Dns ? entry : throw new FormatException(
                    $"'{entry}' is no host name, address or network like 10.0.0.0/8."));
            }
        }
    }

    /// <summary>Whether a connection to this address, to which the host's name led, is in order.</summary>
    public bool Permits(string host, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return PublicAddresses.Contains(plain) || _hosts.Contains(host.TrimEnd('.')) || _networks.Any(network => network.Contains(plain));
    }
}
