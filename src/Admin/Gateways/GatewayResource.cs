using Tollgate.Storage.Environments;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Gateways;

/// <summary>A gateway as administrators see it; what it serves stands in the properties, where the contract leaves room.</summary>
internal sealed record GatewayResource(
    string Id, string Name, string DisplayName, GatewayProperties Properties, bool IsActive, string CreatedAt, string UpdatedAt)
{
    // Four questions of a gateway that is silent for as long as it may be.
    private const long Gone = 120_000;

    public static GatewayResource Of(SeenGateway gateway, long newest, long now) => new(
        gateway.Node, gateway.Node, gateway.Node,
        new GatewayProperties(
            gateway.Profile, gateway.Environments, gateway.Version, Math.Max(0, newest - gateway.Version), RestTime.DateTime(gateway.SeenAt)),
        IsAlive(gateway, now), RestTime.DateTime(gateway.FirstSeenAt), RestTime.DateTime(gateway.SeenAt));

    public static bool IsAlive(SeenGateway gateway, long now) => now - gateway.SeenAt < Gone;
}

/// <summary>What a gateway serves.</summary>
/// <param name="Profile">What it was started as.</param>
/// <param name="Environments">Its environments.</param>
/// <param name="RuntimeVersion">The runtime version that it serves.</param>
/// <param name="Lag">By how many changes it is behind.</param>
/// <param name="LastSeen">When it last asked for changes, which it does at least every 30 s.</param>
internal sealed record GatewayProperties(string Profile, IReadOnlyList<string> Environments, long RuntimeVersion, long Lag, string LastSeen);

/// <summary>A gateway of an environment.</summary>
internal sealed record GatewayInstanceResource(string GatewayId, string LastActive, string Status)
{
    public static GatewayInstanceResource Of(SeenGateway gateway, long now) =>
        new(gateway.Node, RestTime.DateTime(gateway.SeenAt), GatewayResource.IsAlive(gateway, now) ? "ACTIVE" : "EXPIRED");
}
