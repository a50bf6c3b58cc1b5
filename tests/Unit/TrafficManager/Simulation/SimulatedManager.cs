using Tollgate.Model.Events;
using Tollgate.TrafficManager.Count;

namespace Tollgate.Unit.TrafficManager.Simulation;

/// <summary>A traffic manager's tallies; the product's own types but for time and transport.</summary>
internal sealed class SimulatedManager
{
    private readonly TallyBook _book;
    private readonly SharedClock _clock;
    private readonly List<UsageTotals> _heard = [];

    public SimulatedManager(string name, SimulatedTime time, SimulatedBus bus, Random chance, long skew)
    {
        var own = new SimulatedClock(time, skew);
        _clock = new SharedClock(own);
        _book = new TallyBook(name, Partition.Of(SimulatedGateway.Key), _clock);
        time.Every(20, chance.Next(20), () =>
        {
            if (IsStopped)
            {
                return;
            }

            _clock.Hear(own.Milliseconds);
            _heard.ForEach(_book.Merge);
            _heard.Clear();
            if (_book.Announce() is { } announcement)
            {
                bus.Publish(this, announcement);
            }
        });
        bus.Managers.Add(this);
    }

    public bool IsStopped { get; set; }

    public SharedClock Clock => _clock;

    public void Hear(UsageTotals totals) => _heard.Add(totals);
}
