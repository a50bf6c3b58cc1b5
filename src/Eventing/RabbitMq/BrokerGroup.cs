using System.Net.Security;
using RabbitMQ.Client;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>A broker, or the nodes of one cluster, of which any one will do.</summary>
internal sealed class BrokerGroup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // More than a broker lets anyone send, so that a giant message is read and put aside instead of ending the connection again and again.
    private const int MostMessageBytes = 130 * 1024 * 1024;

    private readonly ConnectionFactory _factory;
    private readonly AmqpTcpEndpoint[] _endpoints;
    private readonly string _node;
    private int _next;

    /// <param name="addresses">At least one.</param>
    /// <param name="options">What all brokers have in common.</param>
    /// <param name="node">This node's name, shown at the broker.</param>
    /// <param name="trusts">Decides about a broker's certificate.</param>
    public BrokerGroup(IReadOnlyList<BrokerAddress> addresses, BusOptions options, string node, RemoteCertificateValidationCallback trusts)
    {
        Name = string.Join('|', addresses.Select(address => address.Name));
        _node = node;
        _endpoints = [.. addresses.Select(address => new AmqpTcpEndpoint(address.Host, address.Port, new SslOption
        {
            Enabled = address.Tls,
            ServerName = address.Host,
            CertificateValidationCallback = trusts,
        }))];
        _factory = new ConnectionFactory
        {
            UserName = addresses[0].User ?? options.User,
            Password = addresses[0].Password ?? options.Password,
            VirtualHost = options.VirtualHost,
            RequestedHeartbeat = TimeSpan.FromSeconds(options.HeartbeatSeconds),
            RequestedConnectionTimeout = Patience,
            HandshakeContinuationTimeout = Patience,
            ContinuationTimeout = Patience,
            MaxInboundMessageBodySize = MostMessageBytes,
            // A link makes its next connection itself, and declares everything anew.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
        };
    }

    /// <summary>Host and port of every address, without anything secret.</summary>
    public string Name { get; }

    /// <summary>Connects with the next node of the cluster in turn.</summary>
    public Task<Session> ConnectAsync(CancellationToken stopping)
    {
        var endpoint = _endpoints[_next++ % _endpoints.Length];
        return Session.OpenAsync(_factory, [endpoint], _node, stopping);
    }
}
