using Tollgate.Eventing.Wire;
using Tollgate.Model.Events;

namespace Tollgate.Unit.TrafficManager.Simulation;

/// <summary>What may happen to messages on their way.</summary>
internal sealed record BusFaults(long MostDelay, double Drops, double Duplicates)
{
    public static readonly BusFaults None = new(2, 0, 0);
}

/// <summary>Carries messages between gateways and traffic managers, late, in another order, twice or not at all.</summary>
internal sealed class SimulatedBus(SimulatedTime time, Random chance, BusFaults faults)
{
    // A transport that loses all news for long is an outage, which is another case.
    private const int MostLostInARow = 2;

    // There is one key, and all else is gateways saying that they are alive.
    private static readonly AnnouncementForm Form = new();
    private static readonly int Key = Partition.Of(SimulatedGateway.Key);

    private readonly Dictionary<(object From, object To), int> _lost = [];
    private readonly HashSet<object> _cutOff = [];

    public List<SimulatedGateway> Gateways { get; } = [];

    public List<SimulatedManager> Managers { get; } = [];

    public void CutOff(object node) => _cutOff.Add(node);

    public void Heal(object node) => _cutOff.Remove(node);

    public void Publish(SimulatedGateway from, UsageTotals totals)
    {
        if (totals.Partition != Key)
        {
            return;
        }

        foreach (var manager in Managers)
        {
            Carry(from, manager, totals.Totals.Count > 0, () => manager.Hear(totals));
        }
    }

    public void Publish(SimulatedManager from, Announcement announcement)
    {
        announcement = Form.Outgoing(announcement);
        foreach (var gateway in Gateways)
        {
            Carry(from, gateway, announcement.Keys.Count > 0, () => gateway.Hear(announcement));
        }
    }

    private void Carry(object from, object to, bool isNews, Action deliver)
    {
        var lost = _lost.GetValueOrDefault((from, to));
        if (lost < MostLostInARow && chance.NextDouble() < faults.Drops)
        {
            _lost[(from, to)] = isNews ? lost + 1 : lost;
            return;
        }

        if (isNews)
        {
            _lost[(from, to)] = 0;
        }

        for (var copies = chance.NextDouble() < faults.Duplicates ? 2 : 1; copies > 0; copies--)
        {
            time.After(1 + chance.NextInt64(faults.MostDelay), () =>
            {
                if (!_cutOff.Contains(from) && !_cutOff.Contains(to))
                {
                    deliver();
                }
            });
        }
    }
}
