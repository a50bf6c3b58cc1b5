using System.Diagnostics;
using System.IO.Pipelines;
using System.Threading.Tasks.Sources;
using Microsoft.AspNetCore.Http.Features;
using Tollgate.Gateway.Listen;

namespace Tollgate.Gateway.Forward;

/// <summary>One call on its way to a backend and back. Kept with the client's connection and used again by its next call.</summary>
/// <remarks>Is its own awaitable: waiting for a backend allocates neither a task nor a state machine.</remarks>
internal sealed class BackendCall : IValueTaskSource<Fault?>
{
    private ManualResetValueTaskSourceCore<Fault?> _source;
    private IHttpRequestLifetimeFeature? _lifetime;
    private long _sentAt;

    public RequestContext Context { get; private set; } = null!;

    public BackendAddress Address { get; private set; } = null!;

    public IHttpRequestFeature Request { get; private set; } = null!;

    public IHttpResponseFeature Response { get; private set; } = null!;

    /// <summary>The body of the request; null when it has none.</summary>
    public PipeReader? Body { get; private set; }

    /// <summary>Its declared length; null when it comes in chunks.</summary>
    public long? BodyLength { get; private set; }

    /// <summary>The client wants to go on with WebSocket; null otherwise.</summary>
    public IHttpUpgradeFeature? Upgrade { get; private set; }

    /// <summary>The response has no body whatever its head says.</summary>
    public bool IsHead { get; set; }

    /// <summary>Sent twice it does what it does once (RFC 9110 section 9.2.2).</summary>
    public bool IsIdempotent { get; set; }

    /// <summary>Head and body, if any, stand in the connection's buffer: the request can be sent again.</summary>
    public bool IsPacked { get; set; }

    /// <summary>The response waits for the client to read.</summary>
    public bool WaitsForReader { get; set; }

    /// <summary>Interim responses so far.</summary>
    public int Interim { get; set; }

    /// <summary>Why the response was refused.</summary>
    public Flaw Flaw { get; set; }

    public ValueTask<Fault?> Task => new(this, _source.Version);

    /// <summary>The client hung up.</summary>
    public bool IsAborted
    {
        get
        {
            try
            {
                return _lifetime!.RequestAborted.IsCancellationRequested;
            }
            catch (ObjectDisposedException)
            {
                // The sweep asked just when the request ended.
                return false;
            }
        }
    }

    public void Begin(RequestContext context, BackendAddress address)
    {
        var features = context.Features;
        Context = context;
        Address = address;
        Request = context.Request;
        Response = context.Response;
        _lifetime = context.Lifetime;
        IsHead = false;
        IsIdempotent = false;
        WaitsForReader = false;
        Interim = 0;
        Flaw = Flaw.None;
        Upgrade = WantsWebSocket() && features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade ? upgrade : null;
        var hasBody = Upgrade is null && features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        Body = hasBody ? features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader : null;
        BodyLength = hasBody ? Request.Headers.ContentLength : null;
        IsPacked = !hasBody;
    }

    public void NoteSent() => _sentAt = Stopwatch.GetTimestamp();

    public void NoteAnswered() => Context.Exchange.BackendTime = Stopwatch.GetElapsedTime(_sentAt);

    /// <summary>Breaks the client's connection, from any thread.</summary>
    public void Abort() => _lifetime!.Abort();

    public void Complete(Fault? fault) => _source.SetResult(fault);

    public void Fail(Exception error) => _source.SetException(error);

    Fault? IValueTaskSource<Fault?>.GetResult(short token)
    {
        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            _source.Reset();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<Fault?>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<Fault?>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private bool WantsWebSocket()
    {
        var upgrade = Request.Headers.Upgrade;
        return upgrade.Count == 1 && string.Equals(upgrade[0], "websocket", StringComparison.OrdinalIgnoreCase);
    }
}
