using Microsoft.Extensions.Logging;
using Tollgate.Gateway.Listen;

namespace Tollgate.Gateway.Forward;

/// <summary>
/// Says in the log what is wrong with a backend's responses: the client hears only that its backend failed, and whoever runs the backend needs
/// to know why. One line a second at most, with the number of those left out, however many calls meet it.
/// </summary>
internal sealed partial class FlawLog(ILogger<FlawLog> log, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long _lastAt;
    private int _leftOut;

    public void Note(Fault fault, RequestContext context)
    {
        if (!ReferenceEquals(fault, Faults.ProtocolViolation) || context.Call is not { Flaw: not Flaw.None and var flaw })
        {
            return;
        }

        var last = Volatile.Read(ref _lastAt);
        if ((last != 0 && time.GetElapsedTime(last) < Pause) || Interlocked.CompareExchange(ref _lastAt, time.GetTimestamp(), last) != last)
        {
            Interlocked.Increment(ref _leftOut);
            return;
        }

        var leftOut = Interlocked.Exchange(ref _leftOut, 0);
        Refused(log, context.Exchange.Endpoint, flaw.ToString(), context.Exchange.Id, leftOut);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The backend {Endpoint} sent a response that is refused: {Flaw} (correlation id {CorrelationId}; {LeftOut} more before it)")]
    private static partial void Refused(ILogger log, string? endpoint, string flaw, string correlationId, int leftOut);
}
