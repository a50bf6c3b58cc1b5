namespace Tollgate.Model.Events;

/// <summary>What one gateway has counted for one throttle key in one window, as a running total since the window began.</summary>
/// <remarks>
/// Totals only rise, so receivers merge by max: duplicates, reordering and copies over several brokers are harmless
/// (docs/architecture.md, limits). Limit and window travel along so that a traffic manager needs no policies.
/// </remarks>
public readonly record struct UsageTotal(string Key, long WindowStart, long WindowMilliseconds, long Limit, long Total);

/// <summary>The totals that changed at one gateway since its last batch.</summary>
/// <param name="Gateway">Incarnation id: new at every start of a gateway, so that a restart never lowers a total.</param>
/// <param name="Totals">One entry per changed key.</param>
public sealed record UsageTotals(string Gateway, IReadOnlyList<UsageTotal> Totals);
