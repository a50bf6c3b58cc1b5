using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.Server.Rest;

/// <summary>Answers refusals in the field's error form, and our own faults with a correlation id and nothing else.</summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(http);
            if (!http.Response.HasStarted && http.Response.StatusCode is 404 or 405
                && http.GetEndpoint() is null or { DisplayName: "405 HTTP Method Not Supported" })
            {
                await AnswerAsync(http, Unrouted(http));
            }
        }
        catch (Exception error) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await AnswerAsync(http, Translate(http, error));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away; there is nobody to answer.
        }
    }

    // People read a page; programs read what their contract says.
    private static Task AnswerAsync(HttpContext http, Refusal refusal) => Portal.Of(http.Request.Path.Value!) is { } portal
        ? PageAnswer.WriteAsync<ErrorPage, PageError>(
            http, new PageContext(portal, refusal.Title), new PageError(refusal.Description, http.TraceIdentifier), refusal.Status)
        : ErrorBody.WriteAsync(http, refusal);

    private Refusal Translate(HttpContext http, Exception error)
    {
        switch (error)
        {
            case Refusal refusal:
                if (refusal.Status == 503)
                {
                    http.Response.Headers.RetryAfter = "1";
                    Unavailable(log, http.Request.Method, http.Request.Path, http.TraceIdentifier, (refusal.InnerException ?? refusal).Message);
                }

                return refusal;
            case OperationCanceledException:
                return new Refusal(503, 503, "Service Unavailable", "The node is stopping; ask another one, or try again in a moment.");
            case BadHttpRequestException bad:
                return new Refusal(bad.StatusCode, bad.StatusCode, "Bad Request", "The request is malformed or too large.");
            default:
                Failed(log, error, http.Request.Method, http.Request.Path, http.TraceIdentifier);
                return new Refusal(
                    500, 900967, "Internal server error", $"Something went wrong on our side. The correlation id {http.TraceIdentifier} finds it in the log.");
        }
    }

    private static Refusal Unrouted(HttpContext http) => http.Response.StatusCode == 405
        ? new Refusal(405, 405, "Method Not Allowed", $"This path has no {http.Request.Method}; see the Allow header.")
        : new Refusal(404, 404, "Not Found", "There is nothing under this path.");

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} was answered 503, correlation id {Correlation}: {Reason}")]
    private static partial void Unavailable(ILogger log, string method, PathString path, string correlation, string reason);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed, correlation id {Correlation}")]
    private static partial void Failed(ILogger log, Exception error, string method, PathString path, string correlation);
}
