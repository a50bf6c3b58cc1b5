using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Tollgate.Model;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Audit;

namespace Tollgate.SignIn.Audit;

/// <summary>
/// Writes every change into the audit log. Runs after the access rules, for every route whose method changes something, so that a new
/// route cannot forget it. The answer is held back until the entry is durable: no change is acknowledged that the log does not have.
/// </summary>
public sealed partial class AuditMiddleware(
    RequestDelegate next, AuditStore audit, StateBefore before, TimeProvider time, ILogger<AuditMiddleware> log)
{
    private const int MaxBody = 64 * 1024;
    private const int Attempts = 3;
    private const string CorrelationHeader = "activityid";

    public Task InvokeAsync(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint route && IsChange(http.Request.Method) && route.Metadata.GetMetadata<NotAudited>() is null
            ? RecordAsync(http, route)
            : next(http);

    private async Task RecordAsync(HttpContext http, RouteEndpoint route)
    {
        var details = new JsonObject { ["request"] = await RequestAsync(http), ["before"] = await before.ReadAsync(http, route) };
        var sent = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        try
        {
            await next(http);
        }
        catch (Exception error)
        {
            http.Response.Body = sent;
            details["problem"] = error is Refusal refusal ? refusal.Description : "internal";
            if (IsKnown(http, StatusOf(error)))
            {
                await AppendAsync(http, route, StatusOf(error), details);
            }

            throw;
        }

        http.Response.Body = sent;
        details["after"] = answer.Length is > 0 and <= MaxBody && IsJson(http.Response.ContentType) ? SecretMask.Parse(answer.ToArray()) : null;
        if (IsKnown(http, http.Response.StatusCode))
        {
            await AppendAsync(http, route, http.Response.StatusCode, details);
        }

        answer.Position = 0;
        await answer.CopyToAsync(sent, http.RequestAborted);
    }

    // What nobody asked for and nothing came of is not kept: else anyone could fill the database (it stands in the request log).
    private static bool IsKnown(HttpContext http, int status) => status < StatusCodes.Status400BadRequest || http.Features.Get<Caller>() is not null;

    // The change itself is committed by now; so a log that cannot be written is an alarm for the operator and not an error for the caller.
    private async Task AppendAsync(HttpContext http, RouteEndpoint route, int status, JsonObject details)
    {
        var caller = http.Features.Get<Caller>();
        var entry = new AuditEntry
        {
            Organization = caller?.Organization ?? Organization.Default,
            UserName = caller?.UserName ?? "",
            HappenedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Method = http.Request.Method,
            Route = "/" + route.RoutePattern.RawText?.TrimStart('/'),
            Target = http.Request.Path + Query(http),
            Status = status,
            Correlation = http.Response.Headers[CorrelationHeader].ToString(),
            Details = details.ToJsonString(),
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await audit.AppendAsync(entry);
                return;
            }
            catch (Exception error) when (error is Refusal or Storage.DuplicateException && attempt < Attempts)
            {
                // Busy, or two processes began this node's chain at once: the next attempt finds room.
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                Lost(log, error, entry.UserName, entry.Method, entry.Target, entry.Status, entry.Correlation);
                return;
            }
        }
    }

    private static async Task<JsonNode?> RequestAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.ContentLength is 0 || (request.ContentLength is null && request.ContentType is null))
        {
            return null;
        }

        if (request.HasFormContentType && http.Features.Get<PageVisit>() is not null)
        {
            return FormText.Of(await request.ReadFormAsync(http.RequestAborted));
        }

        if (!IsJson(request.ContentType) || request.ContentLength > MaxBody)
        {
            return new JsonObject { ["contentType"] = request.ContentType, ["bytes"] = request.ContentLength };
        }

        request.EnableBuffering(MaxBody);
        using var read = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int count;
        while (read.Length <= MaxBody && (count = await request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            read.Write(chunk, 0, count);
        }

        request.Body.Position = 0;
        return read.Length > MaxBody ? new JsonObject { ["contentType"] = request.ContentType } : SecretMask.Parse(read.ToArray());
    }

    private static string Query(HttpContext http) => http.Request.Query.Count == 0 ? "" : new QueryBuilder(
        http.Request.Query.Select(pair => KeyValuePair.Create(pair.Key, SecretMask.IsSecret(pair.Key) ? SecretMask.Mask : pair.Value.ToString())))
        .ToString();

    private static int StatusOf(Exception error) => error switch
    {
        Refusal refusal => refusal.Status,
        BadHttpRequestException bad => bad.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static bool IsChange(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && !HttpMethods.IsTrace(method);

    private static bool IsJson(string? type) => type?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;

    [LoggerMessage(LogLevel.Critical, "The audit log has no entry of: {User} {Method} {Target} {Status}, correlation id {Correlation}")]
    private static partial void Lost(ILogger log, Exception error, string user, string method, string target, int status, string correlation);
}
