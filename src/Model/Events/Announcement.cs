namespace Tollgate.Model.Events;

/// <summary>What a traffic manager knows of one throttle key in one window.</summary>
/// <param name="Key">Throttle key.</param>
/// <param name="WindowStart">Unix milliseconds.</param>
/// <param name="WindowMilliseconds">Length of the window.</param>
/// <param name="Total">Sum over all gateways.</param>
/// <param name="PerSecond">Rate at which the sum rises.</param>
/// <param name="Shares">The part of the sum that each gateway reported, so that a gateway can subtract its own.</param>
public sealed record Announced(
    string Key, long WindowStart, long WindowMilliseconds, long Total, double PerSecond, IReadOnlyDictionary<string, long> Shares);

/// <summary>A traffic manager's answer to usage totals, sent to every gateway.</summary>
/// <param name="ServerTime">Unix milliseconds at the traffic manager; gateways correct their windows by it.</param>
/// <param name="Keys">The keys whose sums changed.</param>
public sealed record Announcement(long ServerTime, IReadOnlyList<Announced> Keys);
