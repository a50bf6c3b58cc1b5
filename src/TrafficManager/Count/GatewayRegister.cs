using Tollgate.Model.Events;

namespace Tollgate.TrafficManager.Count;

/// <summary>The gateways of one partition: who is there, and up to which message everything of theirs is counted.</summary>
internal sealed class GatewayRegister
{
    // Gateways send at least every second.
    private const long SilentMilliseconds = 2_500;

    // What is silent for longer is taken for ended, and its part of the limits goes to the others.
    private const long GoneMilliseconds = 15_000;

    private readonly Dictionary<string, Gateway> _byName = new(StringComparer.Ordinal);
    private readonly List<Gateway> _changed = [];
    private readonly List<Gateway> _byIndex = [];

    /// <summary>How many gateways share the limits.</summary>
    public int Present { get; private set; }

    /// <summary>All that ever were, with their indexes.</summary>
    public IReadOnlyList<(string Name, int Index)> Names => [.. _byName.Values.Select(gateway => (gateway.Name, gateway.Index))];

    /// <summary>The gateway that tallies know by an index.</summary>
    public Gateway this[int index] => _byIndex[index];

    /// <summary>A gateway that is known from what was saved; it may have ended since.</summary>
    public Gateway Recall(string name)
    {
        if (!_byName.TryGetValue(name, out var gateway))
        {
            gateway = Add(name);
            gateway.Presence = Presence.Gone;
        }

        return gateway;
    }

    /// <summary>Notes a message. Its totals count in any case; the number is acknowledged when nothing before it is missing.</summary>
    public Gateway Hear(UsageTotals totals, long now)
    {
        if (!_byName.TryGetValue(totals.Gateway, out var gateway))
        {
            gateway = Add(totals.Gateway);
            Present++;
        }

        gateway.HeardAt = now;
        if (totals.Since <= gateway.Acknowledged)
        {
            gateway.Acknowledged = Math.Max(gateway.Acknowledged, totals.Number);
        }

        gateway.Latest = Math.Max(gateway.Latest, totals.Number);
        if (totals.Totals.Count > 0 && !gateway.HasNews)
        {
            gateway.HasNews = true;
            _changed.Add(gateway);
        }

        return gateway;
    }

    /// <summary>What to acknowledge: news, or all of them.</summary>
    public List<Acknowledged> Acknowledge(bool all)
    {
        List<Acknowledged> acknowledged = [.. (all ? _byName.Values.Where(gateway => gateway.Presence != Presence.Gone) : _changed)
            .Select(gateway => new Acknowledged(gateway.Name, gateway.Acknowledged, gateway.Latest))];
        foreach (var gateway in _changed)
        {
            gateway.HasNews = false;
        }

        _changed.Clear();
        return acknowledged;
    }

    /// <summary>Gateways that have just fallen silent, come back or gone. What is gone keeps its index: it may come back with the totals it had.</summary>
    public List<Gateway> Review(long now)
    {
        List<Gateway> changed = [];
        Present = 0;
        foreach (var gateway in _byName.Values)
        {
            var silence = now - gateway.HeardAt;
            var presence = silence < SilentMilliseconds ? Presence.Here : silence < GoneMilliseconds ? Presence.Silent : Presence.Gone;
            if (presence != gateway.Presence)
            {
                gateway.Presence = presence;
                changed.Add(gateway);
            }

            Present += presence == Presence.Gone ? 0 : 1;
        }

        return changed;
    }

    private Gateway Add(string name)
    {
        var gateway = new Gateway(name, _byIndex.Count);
        _byIndex.Add(gateway);
        _byName[name] = gateway;
        return gateway;
    }
}

/// <summary>Whether a gateway is heard of.</summary>
internal enum Presence : byte
{
    Here,

    /// <summary>Cut off, perhaps: it may be letting calls through on its own, so its part is kept free.</summary>
    Silent,

    Gone,
}

/// <summary>One gateway as its messages show it.</summary>
/// <param name="name">Incarnation id.</param>
/// <param name="index">Short name in tallies; never used twice.</param>
internal sealed class Gateway(string name, int index)
{
    public string Name => name;

    public int Index => index;

    public long HeardAt { get; set; }

    /// <summary>Everything up to this message is here.</summary>
    public long Acknowledged { get; set; }

    public long Latest { get; set; }

    public bool HasNews { get; set; }

    public Presence Presence { get; set; }
}
