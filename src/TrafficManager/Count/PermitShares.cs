using Tollgate.Model.Events;

namespace Tollgate.TrafficManager.Count;

/// <summary>The permits of one key in one window: who wants how many, and who was granted how many by this traffic manager.</summary>
internal sealed class PermitShares
{
    private readonly Dictionary<string, Holder> _holders = new(StringComparer.Ordinal);
    private long _granted;

    /// <summary>The last ones are taken.</summary>
    public bool AreTaken { get; private set; }

    /// <summary>They are being asked for.</summary>
    public bool IsAsking { get; set; }

    public IReadOnlyList<Grant> Granted => [.. _holders.Values.Select(holder => new Grant(holder.Gateway, holder.Granted))];

    /// <summary>Notes what a gateway wants in all. What it has used when it is first heard was granted by somebody else.</summary>
    public void Want(Gateway gateway, in UsageTotal total)
    {
        if (!_holders.TryGetValue(gateway.Name, out var holder))
        {
            _holders[gateway.Name] = holder = new Holder(gateway.Name, total.Total);
        }

        holder.Wanted = Math.Max(holder.Wanted, total.Wanted);
    }

    /// <summary>How many to ask for: all that are wanted, and no more than half of the rest where several want some.</summary>
    public long Missing(long limit) => AreTaken ? 0 : _holders.Values.Sum(holder => PartOf(holder, limit));

    /// <summary>Hands out what was got of what was asked for.</summary>
    public void Grant(long taken, long asked)
    {
        AreTaken = taken < asked;
        IsAsking = false;
        var waiting = _holders.Count;
        // Those that want little get it; what they leave is for those that want more, in equal parts.
        foreach (var holder in _holders.Values.OrderBy(holder => holder.Missing))
        {
            var part = Math.Min(holder.Missing, (taken + waiting - 1) / waiting--);
            holder.Granted += part;
            _granted += part;
            taken -= part;
        }
    }

    private long PartOf(Holder holder, long limit) => _holders.Count == 1
        ? holder.Missing
        : Math.Min(holder.Missing, Math.Max(1, (limit - _granted) / (2 * _holders.Count)));

    private sealed class Holder(string gateway, long before)
    {
        public string Gateway => gateway;

        public long Granted { get; set; }

        public long Wanted { get; set; }

        public long Missing => Math.Max(0, Wanted - before - Granted);
    }
}
