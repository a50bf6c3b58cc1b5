using Tollgate.Gateway.Transform;

namespace Tollgate.Gateway.Forward;

/// <summary>The connections to one origin.</summary>
internal sealed class ConnectionPool(Dialer dialer, ConnectionSweep sweep)
{
    private readonly IdleStack _idle = new();
    private int _hasDead;

    /// <summary>The idle connection that was used last; it may have ended in the meantime.</summary>
    public BackendConnection? TryTake() => _idle.TryPop();

    /// <summary>False when there are enough.</summary>
    public bool TryReturn(BackendConnection connection) => _idle.TryPush(connection);

    /// <summary>Sends a call over a new connection. Ends the call when there is none; never throws.</summary>
    public async Task ConnectAsync(BackendCall call, HeadBuffer head)
    {
        try
        {
            var (transport, fault) = await dialer.DialAsync();
            if (transport is null)
            {
                call.Complete(fault);
                return;
            }

            new BackendConnection(this, sweep, transport, head).Open(call);
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

        List<BackendConnection> alive = [];
        while (_idle.TryPop() is { } connection)
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
