using Microsoft.AspNetCore.Http;
using Tollgate.Model;

namespace Tollgate.Web.Rest;

/// <summary>Reads path and query parameters.</summary>
public static class RequestParts
{
    public static string Path(this HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

    /// <summary>A query parameter, or null when it is missing or empty.</summary>
    public static string? Query(this HttpContext http, string name) => http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    public static string NeedQuery(this HttpContext http, string name) =>
        http.Query(name) ?? throw Refusal.BadRequest($"The query parameter '{name}' is missing.");

    /// <summary>offset and limit; limits above the maximum are cut to it, nonsense is refused.</summary>
    public static PageRequest Page(this HttpContext http, string offset = "offset", string limit = "limit") => new(
        Number(http, offset, 0, 0), Math.Min(Number(http, limit, PageRequest.DefaultLimit, 1), PageRequest.MaxLimit));

    /// <summary>A query parameter that is true or false; false when it is missing.</summary>
    public static bool Flag(this HttpContext http, string name, bool fallback = false) => http.Query(name)?.ToLowerInvariant() switch
    {
        null => fallback,
        "true" => true,
        "false" => false,
        var other => throw Refusal.BadRequest($"The query parameter '{name}' is true or false, not '{other}'."),
    };

    private static int Number(HttpContext http, string name, int fallback, int least) =>
        http.Query(name) is not { } text ? fallback
        : int.TryParse(text, out var number) && number >= least ? number
        : throw Refusal.BadRequest($"The query parameter '{name}' must be a whole number of at least {least}.");
}
