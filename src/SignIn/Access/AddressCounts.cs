using System.Net;
using System.Net.Sockets;

namespace Tollgate.SignIn.Access;

/// <summary>How often something was done from an address in the present window; slows guessing and flooding down.</summary>
/// <remarks>
/// Memory is bounded: past so many addresses new ones share counters, picked by a hash that nobody outside can know. So a flood from many
/// addresses forgets nothing that was counted before, and is itself counted.
/// </remarks>
public sealed class AddressCounts(TimeProvider time, TimeSpan window)
{
    private const int MostAddresses = 10_000;
    private const int SharedCounters = 1_024;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _counts = [];
    private readonly int[] _shared = new int[SharedCounters];
    private long _window;

    /// <summary>How many addresses have a counter of their own.</summary>
    internal int Addresses => _counts.Count;

    public int Of(IPAddress? address)
    {
        lock (_gate)
        {
            BeginWindow();
            return Count(Network(address));
        }
    }

    public void Add(IPAddress? address) => TryAdd(address, int.MaxValue);

    /// <summary>Counts one more, or says false when there were so many already.</summary>
    public bool TryAdd(IPAddress? address, int most)
    {
        lock (_gate)
        {
            BeginWindow();
            var network = Network(address);
            var count = Count(network);
            if (count >= most)
            {
                return false;
            }

            if (_counts.Count < MostAddresses || _counts.ContainsKey(network))
            {
                _counts[network] = count + 1;
            }
            else
            {
                Shared(network) = count + 1;
            }

            return true;
        }
    }

    private int Count(IPAddress network) =>
        _counts.TryGetValue(network, out var own) ? own : _counts.Count < MostAddresses ? 0 : Shared(network);

    // The hash is seeded anew at every start of the program.
    private ref int Shared(IPAddress network) => ref _shared[(uint)HashCode.Combine(network) % SharedCounters];

    private void BeginWindow()
    {
        var present = time.GetUtcNow().Ticks / window.Ticks;
        if (present != _window)
        {
            _window = present;
            _counts.Clear();
            Array.Clear(_shared);
        }
    }

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
