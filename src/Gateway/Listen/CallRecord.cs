using Microsoft.Extensions.Logging;
using Tollgate.Gateway.Record;

namespace Tollgate.Gateway.Listen;

/// <summary>Notes what became of a call: counts, latencies, the trace and the log.</summary>
internal sealed partial class CallRecord(UsageBook usage, GatewayMeters meters, ILogger<CallRecord> log)
{
    public void Add(RequestContext context, int status)
    {
        var exchange = context.Exchange;
        usage.Record(exchange, status);
        meters.Answered(exchange);
        CallTrace.End(exchange, context.Features, status);
        Answered(log, exchange.Api?.Deployed.ApiId, exchange.Operation?.Target, status, exchange.Id);
    }

    [LoggerMessage(LogLevel.Debug, "Call of {Api} {Operation} answered {Status}, correlation id {CorrelationId}")]
    private static partial void Answered(ILogger log, string? api, string? operation, int status, string correlationId);
}
