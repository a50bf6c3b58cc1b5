using Tollgate.Gateway.Transform;

namespace Tollgate.Gateway.Forward;

/// <summary>A connection to a backend that serves one call after the other.</summary>
/// <remarks>
/// 1. A call takes the connection out of the pool, writes its head and sends it (<see cref="RequestSender"/>), on the thread that runs the call.
/// 2. One loop per connection (<see cref="ResponseReader"/>) always waits for bytes, also while the connection is idle: a backend that hangs up is
///    noticed then, and waiting for a response costs nothing that was not paid already.
/// 3. Whoever of the two is done last ends the call and decides whether the connection is used again.
/// </remarks>
internal sealed class BackendConnection : IDisposable
{
    // States: Idle -> Busy -> Answered -> Idle, and from Idle or Answered -> Dead.
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Answered = 2;
    private const int Dead = 3;

    // A deadline is a call's number and the tick it ends at, or one of these.
    private const long Late = -1;
    private const long Abandoned = -2;

    private readonly ConnectionPool _pool;
    private readonly ConnectionSweep _sweep;
    private readonly ResponseReader _reader;
    private readonly uint _openedAt;
    private BackendCall _call = null!;
    private int _state;
    private int _parts;
    private long _deadline;
    private int _number;
    private uint _idleSince;
    private Fault? _requestFault;
    private Fault? _responseFault;
    private Exception? _error;
    private bool _isAnswered;
    private bool _isReusable;
    private bool _isStopped;
    private bool _isLost;
    private bool _hasSent;

    public BackendConnection(ConnectionPool pool, ConnectionSweep sweep, Transport transport, HeadBuffer head)
    {
        _pool = pool;
        _sweep = sweep;
        Transport = transport;
        Head = head;
        _reader = new ResponseReader(this);
        _openedAt = sweep.Now;
        _idleSince = _openedAt;
    }

    public Transport Transport { get; }

    /// <summary>The head of the request; the call that took the connection writes it.</summary>
    public HeadBuffer Head { get; }

    public bool IsDead => Volatile.Read(ref _state) == Dead;

    /// <summary>The backend hung up before it answered.</summary>
    public bool IsLost => Volatile.Read(ref _isLost);

    /// <summary>The call waited for too long.</summary>
    public bool IsLate => Volatile.Read(ref _deadline) == Late;

    /// <summary>The rest of the request's body is of no use.</summary>
    public bool IsStopped => Volatile.Read(ref _isStopped);

    /// <summary>The first call over a new connection, whose head is written already.</summary>
    public void Open(BackendCall call)
    {
        _sweep.Add(this);
        Prepare(call);
        Volatile.Write(ref _state, Busy);
        // The loop outlives this call and belongs to none: nothing of the call's context goes with it.
        using (ExecutionContext.SuppressFlow())
        {
            _ = _reader.RunAsync();
        }

        RequestSender.Send(this, call);
    }

    /// <summary>A call whose head is written over a connection that was idle. False when it has ended.</summary>
    public bool TryBegin(BackendCall call)
    {
        Prepare(call);
        if (Interlocked.CompareExchange(ref _state, Busy, Idle) != Idle)
        {
            return false;
        }

        RequestSender.Send(this, call);
        return true;
    }

    /// <summary>Bytes came, or the end of the connection. The call they are for; null when there is none, which is the end of it.</summary>
    public BackendCall? Claim()
    {
        if (Interlocked.CompareExchange(ref _state, Dead, Idle) == Idle)
        {
            _pool.NoteDead();
            return null;
        }

        return Volatile.Read(ref _state) == Busy ? _call : null;
    }

    /// <summary>Something moved: the call has more time.</summary>
    public void NoteProgress(uint ticks)
    {
        var before = Interlocked.Exchange(ref _deadline, Deadline(ticks));
        if (before < 0)
        {
            Volatile.Write(ref _deadline, before);
        }
    }

    public void NoteProgress() => NoteProgress(_sweep.ForProgress);

    /// <summary>The backend may have bytes of the request now, so that it cannot be sent again unless it is idempotent.</summary>
    public void NoteSending() => Volatile.Write(ref _hasSent, true);

    /// <summary>The request is sent, or will not be sent further.</summary>
    /// <param name="fault">What the client did wrong with its body.</param>
    public void EndRequest(Fault? fault)
    {
        _requestFault = fault;
        if (fault is not null)
        {
            Transport.Dispose();
        }
        else if (_call.Body is not null)
        {
            NoteProgress(_sweep.ForResponse);
        }

        EndPart();
    }

    /// <summary>The response is with the client. False when the connection cannot be used again.</summary>
    public bool EndResponse(bool isReusable)
    {
        var isSending = _call.Body is not null && Volatile.Read(ref _parts) == 2;
        if (isSending)
        {
            // Answered before it was asked to the end: the rest of the request is of no use.
            StopRequest();
            Transport.Dispose();
        }

        _isAnswered = true;
        _isReusable = isReusable && !isSending;
        var goesOn = _isReusable;
        Volatile.Write(ref _state, Answered);
        EndPart();
        return goesOn;
    }

    /// <summary>There will be no response, or no more of it.</summary>
    /// <param name="fault">What the client is told; null when it left.</param>
    /// <param name="isLost">The connection ended before the response began.</param>
    public void BreakResponse(Fault? fault, bool isLost = false)
    {
        _responseFault = fault;
        Volatile.Write(ref _isLost, isLost);
        if (!isLost)
        {
            Transport.Dispose();
        }

        if (Volatile.Read(ref _parts) == 2 && (!isLost || Volatile.Read(ref _hasSent)))
        {
            StopRequest();
        }

        Volatile.Write(ref _state, Answered);
        EndPart();
    }

    /// <summary>A failure of ours.</summary>
    public void FailPart(Exception error)
    {
        _error = error;
        Transport.Dispose();
        EndPart();
    }

    /// <summary>Called by the sweep, each tick.</summary>
    public void Check(uint now)
    {
        var deadline = Volatile.Read(ref _deadline);
        if (deadline > 0)
        {
            CheckCall(now, deadline);
        }
        else if (IsDead)
        {
            _sweep.Remove(this);
            _pool.Prune();
        }
        else if (deadline == 0 && (IsOver(now, _idleSince, ConnectionSweep.MostIdle) || IsOver(now, _openedAt, ConnectionSweep.MostAge))
            && Interlocked.CompareExchange(ref _state, Dead, Idle) == Idle)
        {
            _pool.NoteDead();
            Transport.Dispose();
        }
    }

    /// <summary>Ends the connection; a call that is under way fails.</summary>
    public void Dispose() => Close();

    /// <summary>The loop has ended.</summary>
    public void Retire()
    {
        Volatile.Write(ref _state, Dead);
        Transport.Dispose();
    }

    private void Close()
    {
        if (Interlocked.CompareExchange(ref _state, Dead, Idle) == Idle)
        {
            _pool.NoteDead();
        }

        Transport.Dispose();
    }

    private void CheckCall(uint now, long deadline)
    {
        var call = _call;
        var isLate = (int)(now - (uint)deadline) > 0;
        if ((!isLate && !call.IsAborted) || Interlocked.CompareExchange(ref _deadline, isLate ? Late : Abandoned, deadline) != deadline)
        {
            return;
        }

        // Whatever the call waits for ends now: the backend, the client's body, or the client reading.
        Transport.Dispose();
        if (isLate)
        {
            call.Body?.CancelPendingRead();
            if (call.WaitsForReader)
            {
                call.Abort();
            }
        }
    }

    private void StopRequest()
    {
        Volatile.Write(ref _isStopped, true);
        _call.Body?.CancelPendingRead();
    }

    private void Prepare(BackendCall call)
    {
        _call = call;
        _parts = 2;
        _number++;
        _requestFault = null;
        _responseFault = null;
        _isAnswered = false;
        _isReusable = false;
        _isStopped = false;
        _isLost = false;
        _hasSent = false;
        Volatile.Write(ref _deadline, Deadline(_sweep.ForResponse));
    }

    private void EndPart()
    {
        if (Interlocked.Decrement(ref _parts) == 0)
        {
            End();
        }
    }

    private void End()
    {
        var call = _call;
        _idleSince = _sweep.Now;
        var deadline = Interlocked.Exchange(ref _deadline, 0);
        if (_error is not null)
        {
            call.Fail(_error);
            return;
        }

        if (deadline > 0 && MayRepeat(call))
        {
            _ = _pool.ConnectAsync(call, Head);
            return;
        }

        var fault = deadline switch
        {
            Abandoned => null,
            Late => _requestFault ?? (_isAnswered ? null : Faults.ResponseTimeout),
            _ => _requestFault ?? _responseFault,
        };
        if (deadline > 0 && _isReusable && fault is null && !IsOver(_sweep.Now, _openedAt, ConnectionSweep.MostAge))
        {
            // Back in the pool before the client has its answer: its next call finds it there.
            if (Interlocked.CompareExchange(ref _state, Idle, Answered) == Answered && !_pool.TryReturn(this))
            {
                Close();
            }
        }
        else
        {
            Transport.Dispose();
        }

        call.Complete(fault);
    }

    // RFC 9110 section 9.2.2, RFC 9112 section 9.3.1: a connection that was kept open may have been closed by the backend just when the
    // request was on its way. Once, over a new connection, and only where nothing can happen twice.
    private bool MayRepeat(BackendCall call) =>
        _isLost && _number > 1 && _requestFault is null && call.IsPacked && (call.IsIdempotent || !_hasSent);

    private long Deadline(uint ticks) => ((long)(_number & int.MaxValue) << 32) | (_sweep.Now + ticks);

    private static bool IsOver(uint now, uint since, uint most) => (int)(now - since) > (int)most;
}
