using Tollgate.Model;

namespace Tollgate.Unit.TrafficManager.Simulation;

/// <summary>Some gateways and traffic managers with faults between them, all of it drawn from one seed.</summary>
internal sealed class RandomScene
{
    private const int WindowSeconds = 8;
    private const int Windows = 2;

    // News of what was counted last may be lost twice on each of two ways, and is repeated after half a second or one.
    private const int QuietMilliseconds = 6_000;

    private readonly SimulatedTime _time = new();
    private readonly Random _chance;
    private readonly SimulatedBus _bus;
    private readonly Ledger _ledger;
    private readonly BusFaults _faults;
    private readonly long _limit;
    private readonly bool _isExact;
    private readonly Dictionary<long, long> _permits = [];

    public RandomScene(int seed)
    {
        _chance = new Random(seed);
        _faults = new BusFaults(Pick(2, 10, 50), Pick(0, 0, 0.05, 0.2), Pick(0, 0.1));
        _bus = new SimulatedBus(_time, _chance, _faults);
        _limit = _chance.Next(10, 3_000);
        _ledger = new Ledger(_time, _limit);
        for (var i = Pick(1, 1, 2); i > 0; i--)
        {
            AddManager($"m{i}");
        }

        _isExact = _chance.Next(4) == 0;
        var quota = new Quota(QuotaKind.Requests, _limit, "sec", WindowSeconds)
        {
            Accuracy = _isExact ? QuotaAccuracy.Exact : QuotaAccuracy.Estimated,
        };
        for (var i = Pick(1, 2, 3, 5); i > 0; i--)
        {
            _ = new SimulatedGateway($"g{i}", _time, _bus, _chance, Skew(), quota, _ledger);
        }

        // Clocks agree, and everybody knows how many there are. A gateway that takes calls before its clock agrees may count them in another window.
        _time.RunUntil(_time.Now + 8_000);
    }

    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public string? Run()
    {
        // The last window is not used up to its end: what was counted by then is known everywhere.
        var end = _time.Now + (Windows * WindowSeconds * 1000) - (_bus.Gateways[0].Clock.Now % (WindowSeconds * 1000));
        var busy = (int)(end - QuietMilliseconds - _time.Now);
        Share();
        for (var shifts = _chance.Next(4); shifts > 0; shifts--)
        {
            _time.After(_chance.Next(busy), Share);
        }

        var restarts = _chance.Next(4) == 0;
        if (restarts)
        {
            _time.After(_chance.Next(busy - 1_000), Restart);
        }

        _time.RunUntil(end - QuietMilliseconds);
        _bus.Gateways.ForEach(gateway => gateway.Rate = 0);
        _time.RunUntil(end - 100);
        return _isExact ? Excess() : Overtime(restarts) ?? Difference();
    }

    private string? Excess() => _ledger.Windows.FirstOrDefault(window => window.Total > _limit) is { } over
        ? $"{over.Total} of exactly {_limit}. {this}" : null;

    // Nothing is let through any more once news of a full limit had the time to arrive.
    private string? Overtime(bool restarts)
    {
        // Sent, carried, announced, carried; lost messages come again after half a second, and no more than two are lost in a row.
        var news = 100 + 20 + (2 * (_faults.MostDelay + 5)) + (_faults.Drops > 0 ? 2_400 : 0) + (restarts ? 1_200 : 0);
        return _ledger.Windows.FirstOrDefault(window => window.Overtime > news) is { } late
            ? $"{late.Total} of {_limit}, {late.Overtime} ms after the limit was reached; news takes {news} ms. {this}"
            : null;
    }

    // After some quiet all know what all others let through.
    private string? Difference()
    {
        var total = _bus.Gateways.Sum(gateway => gateway.Admitted);
        return _bus.Gateways.FirstOrDefault(gateway => total > gateway.Admitted && gateway.AdmittedByOthers != total - gateway.Admitted) is { } wrong
            ? $"A gateway knows of {wrong.AdmittedByOthers} of {total - wrong.Admitted} calls of the others. {this}"
            : null;
    }

    // Calls come to the gateways in parts that are far from equal, from a fifth of what is allowed to ten times as much.
    private void Share()
    {
        var parts = _bus.Gateways.Select(_ => Math.Pow(_chance.NextDouble(), 3) + 0.01).ToList();
        var rate = _limit / (double)WindowSeconds * Pick(0.2, 0.9, 2, 10);
        for (var i = 0; i < parts.Count; i++)
        {
            _bus.Gateways[i].Rate = rate * parts[i] / parts.Sum();
        }
    }

    private void Restart()
    {
        var ended = _bus.Managers[0];
        ended.IsStopped = true;
        _bus.Managers.Remove(ended);
        _time.After(_chance.Next(1_000), () => AddManager("new"));
    }

    private void AddManager(string name) => _ = new SimulatedManager(name, _time, _bus, _chance, Skew(), _permits);

    private long Skew() => _chance.Next(-5_000, 5_000);

    private T Pick<T>(params T[] choices) => choices[_chance.Next(choices.Length)];

    public override string ToString() =>
        $"{_bus.Gateways.Count} gateways, {_bus.Managers.Count} traffic managers, {_faults}, windows: "
        + string.Join(", ", _ledger.Windows.Select(window => window.Total));
}
