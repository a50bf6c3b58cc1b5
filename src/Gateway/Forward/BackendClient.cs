using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;

namespace Tollgate.Gateway.Forward;

/// <summary>
/// The HTTP client towards backends: connections kept per origin; no redirects, no cookies, no proxy, no decompression; what comes is passed
/// on as it is.
/// </summary>
public sealed class BackendClient : IDisposable
{
    // Endpoints come from deployed APIs; a gateway that has seen this many forgets those of long ago.
    private const int MostAddresses = 20_000;

    private readonly ConcurrentDictionary<string, BackendAddress?> _addresses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<BackendOrigin, ConnectionPool> _pools = new();
    private readonly GatewayOptions _options;
    private readonly BackendTrust _trust;
    private readonly TimeProvider _time;

    /// <param name="options">How long it waits.</param>
    /// <param name="trusted">Authorities beside those of the system.</param>
    /// <param name="time">The clock.</param>
    public BackendClient(GatewayOptions options, X509Certificate2Collection trusted, TimeProvider time)
        : this(options, trusted, time, new ConnectionSweep(options, time))
    {
    }

    internal BackendClient(GatewayOptions options, X509Certificate2Collection trusted, TimeProvider time, ConnectionSweep sweep)
    {
        _options = options;
        _trust = new BackendTrust(trusted);
        _time = time;
        Sweep = sweep;
        Grpc = new GrpcForwarder(options, _trust, time);
    }

    internal ConnectionSweep Sweep { get; }

    internal GrpcForwarder Grpc { get; }

    /// <summary>Null when the URL names no HTTP server.</summary>
    internal BackendAddress? Find(string url) => _addresses.TryGetValue(url, out var address) ? address : Add(url);

    public void Dispose()
    {
        Sweep.Dispose();
        Grpc.Dispose();
    }

    private BackendAddress? Add(string url)
    {
        if (_addresses.Count >= MostAddresses)
        {
            // Connections of pools that nobody finds any more grow old and are swept.
            _addresses.Clear();
            _pools.Clear();
        }

        return _addresses.GetOrAdd(url, BackendAddress.Parse(url, PoolOf));
    }

    private ConnectionPool PoolOf(BackendOrigin origin) =>
        _pools.GetOrAdd(origin, static (origin, client) => client.NewPool(origin), this);

    private ConnectionPool NewPool(BackendOrigin origin) => new(new Dialer(origin, origin.Trust ?? _trust, _options.ConnectTimeout, _time), Sweep);
}
