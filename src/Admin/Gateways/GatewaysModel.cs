namespace Tollgate.Admin.Gateways;

/// <summary>A gateway on its page.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Profile">What it was started as.</param>
/// <param name="Environments">What it serves.</param>
/// <param name="Version">Runtime version that it serves.</param>
/// <param name="Lag">By how many changes it is behind.</param>
/// <param name="SeenAt">When it last asked for changes; Unix time in milliseconds.</param>
/// <param name="Alive">False when it is silent for longer than it may be.</param>
public sealed record GatewayLine(string Node, string Profile, IReadOnlyList<string> Environments, long Version, long Lag, long SeenAt, bool Alive);

/// <summary>All gateways, those that need attention first.</summary>
public sealed record GatewaysModel(IReadOnlyList<GatewayLine> Gateways, long Newest);
