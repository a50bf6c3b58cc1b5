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

    // Calls come in bunches of what so many milliseconds bring.
    private const int Bunch = 5;

    private readonly Reservations _reservations = new();
    private readonly SimulatedClock _clock;
    private readonly UsageReports _reports;
    private readonly Ledger _ledger;
    private readonly List<Announcement> _waiting = [];
    private double _due;

    public SimulatedGateway(string name, SimulatedTime time, SimulatedBus bus, Random chance, long skew, Quota quota, Ledger ledger)
    {
        _clock = new SimulatedClock(time, skew);
        _ledger = ledger;
        Clock = new SharedClock(_clock);
        var counters = new CounterTable(Clock, isShared: true);
        _reports = new UsageReports(counters, name);
        Limit = counters.LimitOf(Key, quota, Faults.SubscriptionLimit);
        var tick = 0;
        time.Every(20, chance.Next(20), () => Report(bus, ++tick % 5 == 0));
        time.Every(Bunch, 1 + chance.Next(Bunch), Call);
        bus.Gateways.Add(this);
    }

    public SharedClock Clock { get; }

    public Limit Limit { get; }

    /// <summary>Calls per second.</summary>
    public double Rate { get; set; }

    public bool IsStopped { get; set; }

    /// <summary>Gets no processor: calls and messages wait, and all of them come when it does again.</summary>
    public bool IsHeldUp { get; set; }

    public bool IsCutOff => Limit.IsCutOff(_clock.Milliseconds);

    /// <summary>What was let through in the window that runs.</summary>
    public long Admitted => Limit.Counter.At(Clock.Now).Admitted;

    /// <summary>What it knows that the others let through in that window.</summary>
    public long AdmittedByOthers => Limit.Counter.At(Clock.Now).Others?.Total ?? 0;

    /// <summary>What it knows that earlier windows take of the limit.</summary>
    public Carryover Before => Limit.Counter.At(Clock.Now).Before?.OfAll ?? default;

    public void Hear(Announcement announcement)
    {
        if (IsHeldUp)
        {
            _waiting.Add(announcement);
        }
        else if (!IsStopped)
        {
            _waiting.ForEach(_reports.Hear);
            _waiting.Clear();
            _reports.Hear(announcement);
        }
    }

    private void Report(SimulatedBus bus, bool all)
    {
        if (IsStopped || IsHeldUp)
        {
            return;
        }

        foreach (var message in _reports.Collect(all))
        {
            bus.Publish(this, message);
        }
    }

    private void Call()
    {
        for (_due += Rate * Bunch / 1000; _due >= 1 && !IsHeldUp; _due--)
        {
            _reservations.Clear();
            if (!IsStopped && Limit.TryReserve(1, _clock.Milliseconds, _reservations))
            {
                _reservations.Admit();
                _ledger.Admit(Limit.Counter.Latest.Start, Clock.Now);
            }
        }
    }
}
