using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Tollgate.Gateway.Record;

namespace Tollgate.Gateway.Listen;

/// <summary>Notes what became of a call: counts, latencies, the trace and the logs.</summary>
internal sealed partial class CallRecord(UsageBook usage, GatewayMeters meters, AccessLog access, ILogger<CallRecord> log)
{
    public void Add(RequestContext context, int status)
    {
        var exchange = context.Exchange;
        usage.Record(exchange, status);
        meters.Answered(exchange);
        CallTrace.End(exchange, context.Features, status);
        LogAccess(context, status);
        Answered(log, exchange.Api?.Deployed.ApiId, exchange.Operation?.Target, status, exchange.Id);
    }

    /// <summary>A preflight request is no call: it is counted for nobody.</summary>
    public void AddPreflight(RequestContext context, int status)
    {
        CallTrace.End(context.Exchange, context.Features, status);
        LogAccess(context, status);
    }

    private void LogAccess(RequestContext context, int status)
    {
        if (!access.IsOn)
        {
            return;
        }

        var exchange = context.Exchange;
        var request = context.Request;
        access.Add(new AccessEntry(
            exchange.Now, Stopwatch.GetElapsedTime(exchange.StartedAt), context.Caller.Address, request.Method, request.RawTarget, request.Protocol, status,
            request.Headers.Referer.ToString(), request.Headers.UserAgent.ToString(), exchange.Id, exchange.Api?.Deployed.ApiId));
    }

    [LoggerMessage(LogLevel.Debug, "Call of {Api} {Operation} answered {Status}, correlation id {CorrelationId}")]
    private static partial void Answered(ILogger log, string? api, string? operation, int status, string correlationId);
}
