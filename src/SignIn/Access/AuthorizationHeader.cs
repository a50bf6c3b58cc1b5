using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tollgate.SignIn.Access;

/// <summary>Reads the Authorization header (RFC 9110 section 11.6.2).</summary>
public static class AuthorizationHeader
{
    private const int MaxLength = 16 * 1024;

    /// <summary>The bearer token, or null.</summary>
    public static string? Bearer(HttpContext http) => After(http, "Bearer ");

    /// <summary>Name and password of Basic authentication (RFC 7617), or null.</summary>
    public static (string Name, string Password)? Basic(HttpContext http)
    {
        var encoded = After(http, "Basic ");
        if (encoded is null)
        {
            return null;
        }

        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
    }

    private static string? After(HttpContext http, string scheme)
    {
        var values = http.Request.Headers.Authorization;
        return values.Count == 1 && values[0] is { Length: <= MaxLength } value && value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? value[scheme.Length..].Trim()
            : null;
    }
}
