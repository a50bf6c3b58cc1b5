using Tollgate.Gateway.Loop;
using Tollgate.Gateway.Transform;

namespace Tollgate.Gateway.Forward;

/// <summary>The connections to one origin.</summary>
internal sealed class ConnectionPool
{
    private readonly Dialer _dialer;
    private readonly ConnectionSweep _sweep;

    // One per loop: mostly a call, its client and its backend stay on one thread.
    private readonly IdleStack[] _idle;
    private int _hasDead;

    public ConnectionPool(Dialer dialer, ConnectionSweep sweep)
    {
        _dialer = dialer;
        _sweep = sweep;
        _idle = new IdleStack[dialer.IsOnLoop ? EventLoop.Count : 1];
        for (var i = 0; i < _idle.Length; i++)
        {
            _idle[i] = new IdleStack(MostIdle / _idle.Length);
        }
    }

    /// <summary>How many connections of an origin are kept.</summary>
    public static int MostIdle { get; } = Math.Max(1024, 64 * EventLoop.Count);

    /// <summary>The idle connection that was used last; it may have ended in the meantime.</summary>
    public BackendConnection? TryTake()
    {
        var own = EventLoop.Current?.Number ?? 0;
        for (var i = 0; i < _idle.Length; i++)
        {
            if (_idle[(own + i) % _idle.Length].TryPop() is { } connection)
            {
                return connection;
            }
        }

        return null;
    }

    /// <summary>False when there are enough.</summary>
    public bool TryReturn(BackendConnection connection) => _idle[connection.Transport.LoopNumber % _idle.Length].TryPush(connection);

    /// <summary>Sends a call over a new connection. Ends the call when there is none; never throws.</summary>
    public async Task ConnectAsync(BackendCall call, HeadBuffer head)
    {
        try
        {
            var (transport, fault) = await _dialer.DialAsync();
            if (transport is null)
            {
                call.Complete(fault);
                return;
            }

            new BackendConnection(this, _sweep, transport, head).Open(call);
        }
        catch (Exception error)
        {
            call.Fail(error);
        }
    }

    /// <summary>An idle connection ended: it lies in the stack until <see cref="Prune"/>.</summary>
    public void NoteDead() => Volatile.Write(ref _hasDead, 1);

    /// <summary>Takes ended connections out of the stack. Only the sweep does it: meanwhile the stack looks emptier than it is.</summary>
    public void Prune()
    {
        if (Interlocked.Exchange(ref _hasDead, 0) == 0)
        {
            return;
        }

        foreach (var idle in _idle)
        {
            DropDead(idle);
        }
    }

    private void DropDead(IdleStack idle)
    {
        List<BackendConnection> alive = [];
        while (idle.TryPop() is { } connection)
        {
            if (!connection.IsDead)
            {
                alive.Add(connection);
            }
        }

        for (var i = alive.Count - 1; i >= 0; i--)
        {
            if (!TryReturn(alive[i]))
            {
                alive[i].Dispose();
            }
        }
    }
}
