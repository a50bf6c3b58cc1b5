using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.Server.Rest;

/// <summary>An error as every REST API of the field answers it.</summary>
internal sealed record ErrorBody(int Code, string Message, string Description, string MoreInfo, IReadOnlyList<ErrorItem> Error)
{
    public static Task WriteAsync(HttpContext http, Refusal refusal)
    {
        http.Response.Headers.CacheControl = "no-store";
        var body = new ErrorBody(refusal.Code, refusal.Title, refusal.Description, $"Correlation id {http.TraceIdentifier}", []);
        return JsonAnswer.WriteAsync(http, body, refusal.Status);
    }
}

/// <summary>A further error beside the main one; none so far.</summary>
internal sealed record ErrorItem(string Code, string Message, string Description);
