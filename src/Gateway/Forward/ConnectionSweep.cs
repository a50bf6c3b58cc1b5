namespace Tollgate.Gateway.Forward;

/// <summary>
/// Ends what takes too long. One timer for all connections: a call notes the tick at which its patience ends, which costs no timer, no
/// cancellation source and no look at the clock.
/// </summary>
internal sealed class ConnectionSweep : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // As long as the client before it; backends that close earlier are noticed when they do.
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    // A name that moves to another address is followed after this time.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly HashSet<BackendConnection> _connections = [];
    private readonly ITimer? _timer;
    private uint _now = 1;

    /// <param name="options">How long calls wait.</param>
    /// <param name="time">Null when somebody else calls <see cref="Tick"/>.</param>
    public ConnectionSweep(GatewayOptions options, TimeProvider? time)
    {
        ForResponse = Ticks(options.ResponseTimeout);
        ForProgress = Ticks(options.IdleTimeout);
        _timer = time?.CreateTimer(static sweep => ((ConnectionSweep)sweep!).Tick(), this, Interval, Interval);
    }

    public uint Now => Volatile.Read(ref _now);

    /// <summary>Ticks until a response must have begun.</summary>
    public uint ForResponse { get; }

    /// <summary>Ticks that a transfer may stand still.</summary>
    public uint ForProgress { get; }

    public static uint MostIdle { get; } = Ticks(IdleTime);

    public static uint MostAge { get; } = Ticks(Lifetime);

    /// <summary>How many connections there are.</summary>
    public int Count
    {
        get
        {
            lock (_connections)
            {
                return _connections.Count;
            }
        }
    }

    public void Add(BackendConnection connection)
    {
        lock (_connections)
        {
            _connections.Add(connection);
        }
    }

    public void Remove(BackendConnection connection)
    {
        lock (_connections)
        {
            _connections.Remove(connection);
        }
    }

    /// <summary>Time goes on by one interval.</summary>
    public void Tick()
    {
        Volatile.Write(ref _now, _now + 1);
        BackendConnection[] all;
        lock (_connections)
        {
            all = [.. _connections];
        }

        foreach (var connection in all)
        {
            connection.Check(_now);
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        BackendConnection[] all;
        lock (_connections)
        {
            all = [.. _connections];
        }

        foreach (var connection in all)
        {
            connection.Dispose();
        }
    }

    // Rounded up, and one more: the current tick is partly over.
    private static uint Ticks(TimeSpan span) => (uint)Math.Min(uint.MaxValue / 2, Math.Ceiling(span / Interval) + 1);
}
