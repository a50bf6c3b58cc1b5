using System.Collections.Immutable;
using System.Text;

namespace Tollgate.Gateway.Match;

/// <summary>All routes of a snapshot: virtual host, then context.</summary>
internal sealed class RouteTable
{
    public static readonly RouteTable Empty = new(new ContextNode(), ImmutableDictionary.Create<byte[], ContextNode>(BytesComparer.Whole));

    // Deployments on the environment's own host are served under every host name: a caller may come by address or by a load balancer's name.
    private readonly ContextNode _anyHost;
    private readonly ImmutableDictionary<byte[], ContextNode> _hosts;

    // A lookup by span; most gateways have one host and no entry here.
    private readonly Dictionary<byte[], ContextNode>.AlternateLookup<ReadOnlySpan<byte>> _byHost;

    private RouteTable(ContextNode anyHost, ImmutableDictionary<byte[], ContextNode> hosts)
    {
        _anyHost = anyHost;
        _hosts = hosts;
        _byHost = new Dictionary<byte[], ContextNode>(hosts, BytesComparer.Whole).GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public ServedApi? Find(ReadOnlySpan<byte> host, ReadOnlySpan<byte> path, out ReadOnlySpan<byte> rest)
    {
        if (!_hosts.IsEmpty && _byHost.TryGetValue(host, out var contexts) && contexts.Find(path, out rest) is { } api)
        {
            return api;
        }

        return _anyHost.Find(path, out rest);
    }

    /// <summary>These routes with an API under its contexts, or without one where it was.</summary>
    public RouteTable With(string? host, string context, ServedApi? api, object edit)
    {
        if (host is null)
        {
            return new RouteTable(_anyHost.With(context, api, edit), _hosts);
        }

        var key = Encoding.ASCII.GetBytes(host);
        return new RouteTable(_anyHost, _hosts.SetItem(key, _hosts.GetValueOrDefault(key, new ContextNode()).With(context, api, edit)));
    }
}
