namespace Tollgate.Model.Events;

/// <summary>What one gateway has let through for one throttle key in one window, as a running total since the window began.</summary>
/// <remarks>
/// Totals only rise, so receivers merge by max: duplicates, reordering and copies over several brokers are harmless
/// (docs/limits.md). Limit and window travel along so that a traffic manager needs no policies.
/// </remarks>
/// <param name="Key">Throttle key.</param>
/// <param name="WindowStart">Unix milliseconds by the shared clock.</param>
/// <param name="WindowMilliseconds">Length of the window.</param>
/// <param name="Limit">What all gateways together may let through in the window.</param>
/// <param name="Total">What was let through: a reservation that may still be taken back is not in it.</param>
/// <param name="Demand">How much per second is asked of this gateway, let through or not.</param>
/// <param name="Wanted">
/// Running total of permits that the gateway would like to have been granted (accuracy <c>exact</c>); 0 where it counts on its own.
/// </param>
/// <param name="Before">What of this gateway is carried over from earlier windows.</param>
public readonly record struct UsageTotal(
    string Key, long WindowStart, long WindowMilliseconds, long Limit, long Total, double Demand, long Wanted = 0, Carryover Before = default);

/// <summary>Totals of one gateway in one partition.</summary>
/// <remarks>
/// Numbers let a gateway know what an announced sum holds of its own. A receiver that has everything up to <see cref="Since"/> has, with this
/// message, everything up to <see cref="Number"/>; one that has not merges the totals all the same and acknowledges what it had. A message
/// without totals says that the gateway is alive.
/// </remarks>
/// <param name="Gateway">Incarnation id: new at every start of a gateway, so that a restart never lowers a total.</param>
/// <param name="Partition">The partition of all its keys, see <see cref="Events.Partition"/>.</param>
/// <param name="Number">Rises with every message of this gateway in this partition.</param>
/// <param name="Since">All totals that changed after the message of this number are here.</param>
/// <param name="SentAt">Unix milliseconds by the shared clock; 0 while the gateway has heard of no traffic manager.</param>
/// <param name="Totals">One entry per changed key.</param>
public sealed record UsageTotals(string Gateway, int Partition, long Number, long Since, long SentAt, IReadOnlyList<UsageTotal> Totals);
