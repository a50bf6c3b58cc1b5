using Tollgate.Gateway.Follow;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Record;

/// <summary>What a gateway serves and has counted, for operators.</summary>
public sealed class GatewayView
{
    private readonly LiveSnapshot _live;
    private readonly UsageBook _usage;

    internal GatewayView(LiveSnapshot live, UsageBook usage)
    {
        _live = live;
        _usage = usage;
    }

    /// <summary>True once the gateway has runtime state to serve.</summary>
    public bool IsReady => _live.Current.IsReady;

    public GatewayState State() => new(
        _live.Current.Cursor.Epoch, _live.Current.Cursor.Version,
        [.. _live.Current.Things.OrderBy(thing => thing.Value.Version).ThenBy(thing => thing.Key.Id, StringComparer.Ordinal).Select(thing =>
            new GatewayThing(EnumText<RuntimeKind>.Of(thing.Key.Kind), thing.Key.Id, thing.Value.Version))]);

    public IReadOnlyList<GatewayUsage> Usage() =>
    [
        .. _usage.Read().OrderBy(line => line.Key.ApiId, StringComparer.Ordinal).ThenBy(line => line.Key.Target, StringComparer.Ordinal)
            .ThenBy(line => line.Key.Status)
            .Select(line => new GatewayUsage(
                line.Key.ApiId, line.Key.Verb, line.Key.Target, line.Key.ApplicationId, line.Key.Status, line.Calls, line.Microseconds / line.Calls)),
    ];
}

/// <summary>The runtime state of a gateway: every thing in it with the runtime version of its last change.</summary>
public sealed record GatewayState(string Epoch, long Version, IReadOnlyList<GatewayThing> Things);

/// <summary>A thing that a gateway knows.</summary>
public sealed record GatewayThing(string Kind, string Id, long Version);

/// <summary>How often an operation was called by an application with one status, and how long a call took on average.</summary>
public sealed record GatewayUsage(
    string ApiId, string Verb, string Target, string ApplicationId, int Status, long Calls, long AverageMicroseconds);
