using Tollgate.Gateway;
using Tollgate.Gateway.Throttle;
using Tollgate.Gateway.Throttle.Report;
using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.Unit.TrafficManager.Simulation;

/// <summary>A gateway's counters with calls of one key coming at a rate; the product's own types but for time and transport.</summary>
internal sealed class SimulatedGateway
{
    public const string Key = "key";

    private readonly Dictionary<long, long> _admitted = [];
    private readonly Reservations _reservations = new();
    private readonly SimulatedClock _clock;
    private readonly UsageReports _reports;
    private double _due;

    public SimulatedGateway(string name, SimulatedTime time, SimulatedBus bus, Random chance, long skew, Quota quota)
    {
        _clock = new SimulatedClock(time, skew);
        Clock = new SharedClock(_clock);
        var counters = new CounterTable(Clock);
        _reports = new UsageReports(counters, name);
        Limit = counters.LimitOf(Key, quota, Faults.SubscriptionLimit);
        var tick = 0;
        time.Every(20, chance.Next(20), () =>
        {
            foreach (var message in _reports.Collect(++tick % 5 == 0))
            {
                bus.Publish(this, message);
            }
        });
        time.Every(1, 1, Call);
        bus.Gateways.Add(this);
    }

    public SharedClock Clock { get; }

    public Limit Limit { get; }

    /// <summary>Calls per second.</summary>
    public double Rate { get; set; }

    public bool IsStopped { get; set; }

    public bool IsCutOff => Limit.IsCutOff(_clock.Milliseconds);

    /// <summary>What was let through per window.</summary>
    public IReadOnlyDictionary<long, long> Admitted => _admitted;

    public void Hear(Announcement announcement)
    {
        if (!IsStopped)
        {
            _reports.Hear(announcement);
        }
    }

    private void Call()
    {
        for (_due += Rate / 1000; _due >= 1; _due--)
        {
            _reservations.Clear();
            if (!IsStopped && Limit.TryReserve(1, _clock.Milliseconds, _reservations))
            {
                _reservations.Admit();
                var start = Limit.Counter.Latest.Start;
                _admitted[start] = _admitted.GetValueOrDefault(start) + 1;
            }
        }
    }
}
