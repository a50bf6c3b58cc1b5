using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Tollgate.Gateway.Listen;

/// <summary>The trace span of a call. Costs one check while nobody listens.</summary>
internal static class CallTrace
{
    private static readonly ActivitySource Source = new(GatewayTraces.Calls);

    public static Activity? Begin(IHttpRequestFeature request)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        // A caller's traceparent is the parent; a malformed one begins a new trace (W3C Trace Context section 3.2.2).
        _ = ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var parent);
        var span = Source.StartActivity(GatewayTraces.CallName, ActivityKind.Server, parent);
        // The span travels in the exchange: as the current one it would stay with the connection and become the next call's parent.
        Activity.Current = null;
        return span;
    }

    public static void End(Exchange exchange, IFeatureCollection features, int status)
    {
        if (exchange.Span is not { } span)
        {
            return;
        }

        exchange.Span = null;
        if (span.IsAllDataRequested)
        {
            var method = features.GetRequiredFeature<IHttpRequestFeature>().Method;
            // The template, not the path: paths carry what callers look for.
            var route = exchange.Api?.Deployed.Context + exchange.Operation?.Target;
            span.DisplayName = route.Length == 0 ? method : $"{method} {route}";
            span.SetTag("http.request.method", method);
            span.SetTag("http.response.status_code", status);
            span.SetTag("http.route", route);
            span.SetTag("tollgate.api_id", exchange.Api?.Deployed.ApiId);
            span.SetTag("tollgate.correlation_id", exchange.Id);
            if (status >= 500)
            {
                span.SetStatus(ActivityStatusCode.Error);
            }
        }

        span.Dispose();
    }
}
