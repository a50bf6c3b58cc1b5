using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Serilog.Context;

namespace Tollgate.Server.Telemetry;

/// <summary>
/// Around every management request: gives it a correlation id, which stands in the answer's header, in error bodies and on every log line that
/// is written meanwhile; measures it; completes its trace span; writes its line in the log.
/// </summary>
internal sealed partial class RequestObserver(RequestDelegate next, RequestMeters meters, ILogger<RequestObserver> log)
{
    private const string CorrelationHeader = "activityid";

    public async Task InvokeAsync(HttpContext http)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var correlation = Guid.NewGuid().ToString("n");
        http.TraceIdentifier = correlation;
        http.Response.Headers[CorrelationHeader] = correlation;
        using var property = LogContext.PushProperty("CorrelationId", correlation);
        using var tail = LogContext.PushProperty("CorrelationTail", $" [{correlation}]");
        try
        {
            await next(http);
        }
        finally
        {
            var duration = Stopwatch.GetElapsedTime(startedAt);
            meters.Answered(http.Request.Path, http.Response.StatusCode, duration);
            Complete(Activity.Current, http, correlation);
            // The path without its query: queries carry what people look for, and codes.
            Answered(log, http.Request.Method, http.Request.Path, http.Response.StatusCode, duration.TotalMilliseconds);
        }
    }

    // The web server made the span, below the caller's traceparent if there was one.
    private static void Complete(Activity? span, HttpContext http, string correlation)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? http.Request.Method : $"{http.Request.Method} {route}";
        span.SetTag("http.request.method", http.Request.Method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", http.Response.StatusCode);
        span.SetTag("tollgate.correlation_id", correlation);
        if (http.Response.StatusCode >= 500)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Method} {Path} answered {Status} in {Milliseconds:0.0} ms")]
    private static partial void Answered(ILogger log, string method, PathString path, int status, double milliseconds);
}
