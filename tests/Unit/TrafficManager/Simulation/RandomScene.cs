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
    private readonly Quota _quota;
    private long _news;
    private readonly Dictionary<long, long> _permits = [];

    public RandomScene(int seed)
    {
        _chance = new Random(seed);
        _faults = new BusFaults(Pick(2, 10, 50), Pick(0, 0, 0.05, 0.2), Pick(0, 0.1));
        _bus = new SimulatedBus(_time, _chance, _faults);
        _limit = _chance.Next(10, 3_000);
        _quota = QuotaOf(Pick(QuotaWindow.Fixed, QuotaWindow.Fixed, QuotaWindow.Sliding, QuotaWindow.TokenBucket));
        _ledger = new Ledger(_time, _quota);
        for (var i = Pick(1, 1, 2); i > 0; i--)
        {
            AddManager($"m{i}");
        }

        for (var i = Pick(1, 2, 3, 5); i > 0; i--)
        {
            _ = new SimulatedGateway($"g{i}", _time, _bus, _chance, Skew(), _quota, _ledger);
        }

        // Clocks agree, and everybody knows how many there are. A gateway that takes calls before its clock agrees may count them in another window.
        _time.RunUntil(_time.Now + 8_000);
    }

    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public string? Run()
    {
        // The last window is not used up to its end: what was counted by then is known everywhere.
        var end = _time.Now + (Windows * _quota.CountedMilliseconds) - (_bus.Gateways[0].Clock.Now % _quota.CountedMilliseconds);
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

        // Sent, carried, announced, carried; lost messages come again after half a second, and no more than two are lost in a row.
        _news = 100 + 20 + (2 * (_faults.MostDelay + 5)) + (_faults.Drops > 0 ? 2_400 : 0) + (restarts ? 1_200 : 0);
        // That a limit is near, so that news must hurry, is news too.
        _ledger.News = _news + 100;
        _time.RunUntil(end - QuietMilliseconds);
        _bus.Gateways.ForEach(gateway => gateway.Rate = 0);
        _time.RunUntil(end - 100);
        return _quota switch
        {
            { Accuracy: QuotaAccuracy.Exact } => Over(),
            { Window: QuotaWindow.Fixed } => Overtime() ?? Difference(),
            _ => Excess() ?? Difference() ?? DifferenceBefore(mayBeMore: restarts || _faults.Drops > 0),
        };
    }

    // What a token bucket counted in one window is known to all before the next one ends, whichever traffic manager's clock counts then.
    private Quota QuotaOf(QuotaWindow window) => new(QuotaKind.Requests, _limit, "sec", window == QuotaWindow.TokenBucket ? 100 : WindowSeconds)
    {
        Window = window,
        Accuracy = window == QuotaWindow.Fixed && _chance.Next(2) == 0 ? QuotaAccuracy.Exact : QuotaAccuracy.Estimated,
    };

    private string? Over() => _ledger.Windows.FirstOrDefault(window => window.Total > _limit) is { } over
        ? $"{over.Total} of exactly {_limit}. {this}" : null;

    // Nothing is let through any more once news of a full limit had the time to arrive.
    private string? Overtime() => _ledger.Windows.FirstOrDefault(window => window.Overtime > _news) is { } late
        ? $"{late.Total} of {_limit}, {late.Overtime} ms after the limit was reached; news takes {_news} ms. {this}"
        : null;

    // The limit of a moment is over by no more than what was let through while the news of it was on its way.
    private string? Excess() => _ledger.Excess > 0
        ? $"{_ledger.Excess} more over {_limit} than was let through within {_ledger.News} ms. {this}"
        : null;

    // After some quiet all know what all others let through.
    private string? Difference()
    {
        var total = _bus.Gateways.Sum(gateway => gateway.Admitted);
        return _bus.Gateways.FirstOrDefault(gateway => total > gateway.Admitted && gateway.AdmittedByOthers != total - gateway.Admitted) is { } wrong
            ? $"A gateway knows of {wrong.AdmittedByOthers} of {total - wrong.Admitted} calls of the others. {this}"
            : null;
    }

    // A gateway that seems to be silent, because its messages are lost or the clock jumps, is taken to use the part that is kept for it.
    private string? DifferenceBefore(bool mayBeMore)
    {
        var (length, now) = (_quota.CountedMilliseconds, _bus.Gateways[0].Clock.Now);
        var start = now - (now % length);
        var taken = _ledger.Before(start).Taken(_limit, start, length, now);
        var most = mayBeMore ? long.MaxValue : taken + 1;
        return _bus.Gateways.FirstOrDefault(gateway => gateway.Before.Taken(_limit, start, length, now) is var known && (known < taken - 1 || known > most))
            is { } wrong
            ? $"To a gateway, earlier windows take {wrong.Before.Taken(_limit, start, length, now)} of the limit, and it is {taken}. {this}"
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
        $"{_quota.Window}, {_bus.Gateways.Count} gateways, {_bus.Managers.Count} traffic managers, {_faults}, windows: "
        + string.Join(", ", _ledger.Windows.Select(window => window.Total));
}
