using Microsoft.AspNetCore.Http;
using Tollgate.Model;

namespace Tollgate.Web.Rest;

/// <summary>Optimistic locking by row version (RFC 9110 sections 8.8.3 and 13.1).</summary>
public static class EntityTag
{
    public static void Set(HttpContext http, long rowVersion) => http.Response.Headers.ETag = Of(rowVersion);

    /// <summary>Sets the tag; true, with 304 as the status, when the client has this version already.</summary>
    public static bool NotModified(HttpContext http, long rowVersion)
    {
        Set(http, rowVersion);
        if (!http.Request.Headers.IfNoneMatch.Any(value => Names(value, rowVersion)))
        {
            return false;
        }

        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    /// <summary>Refuses with 412 when the client's If-Match names another version. Without the header the stored version is taken.</summary>
    public static void RefuseStale(HttpContext http, long rowVersion, string what)
    {
        var header = http.Request.Headers.IfMatch;
        if (header.Count > 0 && !header.Any(value => Names(value, rowVersion)))
        {
            throw Refusal.Stale(what);
        }
    }

    private static string Of(long rowVersion) => $"\"{rowVersion}\"";

    private static bool Names(string? header, long rowVersion) => (header ?? "").Split(',', StringSplitOptions.TrimEntries)
        .Any(tag => tag == "*" || tag == Of(rowVersion) || tag == "W/" + Of(rowVersion));
}
