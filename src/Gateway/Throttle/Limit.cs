using Tollgate.Model;

namespace Tollgate.Gateway.Throttle;

/// <summary>A counter with the limit it is held to.</summary>
/// <param name="Counter">What counts.</param>
/// <param name="Kind">Requests or request body bytes.</param>
/// <param name="Max">The limit per window.</param>
/// <param name="Over">The fault beyond it; null lets calls pass (a soft quota).</param>
internal sealed record Limit(Counter Counter, QuotaKind Kind, long Max, Fault? Over);
