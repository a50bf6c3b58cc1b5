using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tollgate.SignIn.Access;

/// <summary>How often something was done from an address in the present window; slows guessing and flooding down.</summary>
public sealed class AddressCounts(TimeProvider time, TimeSpan window)
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<IPAddress, (long Window, int Count)> _counts = new();

    public int Of(IPAddress? address) =>
        _counts.TryGetValue(Network(address), out var known) && known.Window == Present ? known.Count : 0;

    public void Add(IPAddress? address)
    {
        // Memory is bounded; an attacker with ten thousand addresses is not slowed by this anyway.
        if (_counts.Count > Most)
        {
            _counts.Clear();
        }

        var present = Present;
        _counts.AddOrUpdate(
            Network(address), _ => (present, 1), (_, known) => known.Window == present ? (present, known.Count + 1) : (present, 1));
    }

    private long Present => time.GetUtcNow().Ticks / window.Ticks;

    // One site has a whole /64 of IPv6 addresses.
    private static IPAddress Network(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
