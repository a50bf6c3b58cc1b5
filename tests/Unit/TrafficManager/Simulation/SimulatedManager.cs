using Tollgate.Model.Events;
using Tollgate.TrafficManager.Count;

namespace Tollgate.Unit.TrafficManager.Simulation;

/// <summary>A traffic manager's tallies; the product's own types but for time, transport and the database.</summary>
internal sealed class SimulatedManager
{
    private readonly TallyBook _book;
    private readonly SharedClock _clock;
    private readonly List<UsageTotals> _heard = [];

    // The last one: permits taken per window, by all traffic managers; what stands in the database.
    public SimulatedManager(string name, SimulatedTime time, SimulatedBus bus, Random chance, long skew, Dictionary<long, long> taken)
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
            GetPermits(taken);
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

    private void GetPermits(Dictionary<long, long> taken)
    {
        foreach (var tally in _book.TakeWanting())
        {
            var asked = tally.Permits!.Missing(tally.Limit);
            var before = taken.GetValueOrDefault(tally.WindowStart);
            var got = Math.Min(asked, tally.Limit - before);
            taken[tally.WindowStart] = before + got;
            tally.Grant(tally.WindowStart, asked, got);
            _book.Watch(tally);
        }
    }
}
