namespace Tollgate.Model.Events;

/// <summary>What a traffic manager knows of one throttle key in one window.</summary>
/// <remarks>Names no gateway but where permits are granted: what of the sum is its own, a gateway knows from the numbers of its messages.</remarks>
/// <param name="Key">Throttle key.</param>
/// <param name="WindowStart">Unix milliseconds by the shared clock.</param>
/// <param name="WindowMilliseconds">Length of the window.</param>
/// <param name="Total">Sum of what the gateways let through.</param>
/// <param name="Reserved">What gateways that are not heard of any more may let through meanwhile.</param>
/// <param name="Demand">How much per second is asked of all gateways, let through or not.</param>
/// <param name="Grants">Permits (accuracy <c>exact</c>): those that changed.</param>
/// <param name="Before">What of all gateways is carried over from earlier windows.</param>
public sealed record Announced(
    string Key, long WindowStart, long WindowMilliseconds, long Total, long Reserved, double Demand, IReadOnlyList<Grant> Grants,
    Carryover Before = default);

/// <summary>Running total of the permits of one gateway for one key in one window. It only rises, so the larger one is the later one.</summary>
public readonly record struct Grant(string Gateway, long Permits);

/// <summary>What a traffic manager has of a gateway's messages, see <see cref="UsageTotals"/>.</summary>
/// <param name="Gateway">Whose messages.</param>
/// <param name="Number">It has everything up to this one; what is missing is sent again.</param>
/// <param name="Latest">The last one it has. Its sums hold nothing of this gateway that came after it.</param>
public readonly record struct Acknowledged(string Gateway, long Number, long Latest);

/// <summary>A traffic manager's sums of one partition, sent to every gateway; at least every half second, with or without sums.</summary>
/// <param name="TrafficManager">Incarnation id: new at every start of a traffic manager.</param>
/// <param name="Partition">The partition of all its keys.</param>
/// <param name="Number">Rises with every message of this traffic manager in this partition.</param>
/// <param name="Since">Everything that was said after the message of this number is here, but for what this one is the first part of.</param>
/// <param name="ServerTime">Unix milliseconds at the traffic manager; what the shared clock follows.</param>
/// <param name="Gateways">How many gateways it knows.</param>
/// <param name="Acknowledged">What changed since the last message; now and then all of them.</param>
/// <param name="Keys">Keys with news.</param>
public sealed record Announcement(
    string TrafficManager, int Partition, long Number, long Since, long ServerTime, int Gateways, IReadOnlyList<Acknowledged> Acknowledged,
    IReadOnlyList<Announced> Keys);
