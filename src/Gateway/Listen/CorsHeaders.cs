using Microsoft.AspNetCore.Http;

namespace Tollgate.Gateway.Listen;

/// <summary>Writes what was found about CORS into answers: the backend's, faults and those to preflight requests.</summary>
internal sealed class CorsHeaders(GatewayOptions options)
{
    private readonly string _exposed = string.Join(", ", options.Cors.Exposed);

    /// <summary>Adds the headers when the answer begins, whoever makes it. Costs nothing for callers that are no pages of other sites.</summary>
    public void Attach(RequestContext context)
    {
        if (context.Exchange.Cors.Speaks)
        {
            context.Response.OnStarting(
                static state =>
                {
                    var (headers, begun) = ((CorsHeaders, RequestContext))state;
                    headers.Write(begun);
                    return Task.CompletedTask;
                },
                (this, context));
        }
    }

    /// <summary>The whole answer to a preflight request.</summary>
    public static void Answer(RequestContext context)
    {
        var exchange = context.Exchange;
        context.Response.StatusCode = StatusCodes.Status200OK;
        var headers = context.Response.Headers;
        headers.ContentLength = 0;
        headers[FaultBody.CorrelationHeader] = exchange.Id;
        if (exchange.Cors.Origin is not null)
        {
            headers.AccessControlAllowMethods = exchange.Cors.Methods;
            headers.AccessControlAllowHeaders = exchange.Cors.Headers;
        }

        headers.Append("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers");
    }

    // A backend that speaks of CORS itself knows its pages better.
    private void Write(RequestContext context)
    {
        var cors = context.Exchange.Cors;
        var headers = context.Response.Headers;
        if (cors.Varies)
        {
            headers.Append("Vary", "Origin");
        }

        if (cors.Origin is null || headers.AccessControlAllowOrigin.Count > 0)
        {
            return;
        }

        headers.AccessControlAllowOrigin = cors.Origin;
        if (cors.Credentials)
        {
            headers.AccessControlAllowCredentials = "true";
        }

        if (_exposed.Length > 0)
        {
            headers.AccessControlExposeHeaders = _exposed;
        }
    }
}
