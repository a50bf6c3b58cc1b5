namespace Tollgate.Unit.TrafficManager.Simulation;

/// <summary>The time of a simulation, as one node's clock shows it.</summary>
internal sealed class SimulatedClock(SimulatedTime time, long skew) : TimeProvider
{
    public long Milliseconds => time.Now + skew;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds);
}

/// <summary>The true time of a simulation in Unix milliseconds, moved by its events.</summary>
internal sealed class SimulatedTime
{
    private readonly PriorityQueue<Action, (long At, long Order)> _events = new();
    private long _order;

    public long Now { get; private set; } = 1_000_000_000_000;

    public void After(long milliseconds, Action happens) => _events.Enqueue(happens, (Now + milliseconds, _order++));

    public void Every(long milliseconds, long first, Action happens) => After(first, () =>
    {
        happens();
        Every(milliseconds, milliseconds, happens);
    });

    public void RunUntil(long end)
    {
        while (_events.TryPeek(out _, out var next) && next.At <= end)
        {
            var happens = _events.Dequeue();
            Now = next.At;
            happens();
        }

        Now = end;
    }
}
