using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Tollgate.Gateway.Listen;

/// <summary>
/// What Kestrel lets pass and a gateway may not: heads that the next parser on the way might read differently, so that a second request could
/// be smuggled in.
/// </summary>
internal static class HeadRules
{
    private const string Http10 = "HTTP/1.0";

    // RFC 9110 section 5.6.2: Kestrel looks for blanks in names only.
    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // RFC 9110 section 5.5: a value has visible bytes, blanks, tabs and bytes outside ASCII.
    private static readonly SearchValues<byte> ControlBytes = SearchValues.Create(
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127,
    ]);

    // RFC 3986 section 3.4 and 3.5: a query is ASCII without blanks, and what follows '#' never leaves a client.
    private static readonly SearchValues<byte> QueryBytes = SearchValues.Create(
        "!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>Null when it is clear where the body ends and which host is meant.</summary>
    public static Fault? Check(IHttpRequestFeature request)
    {
        var headers = request.Headers;
        if (headers.TransferEncoding.Count > 0 && !IsChunkedAlone(request))
        {
            return Faults.BadFraming;
        }

        // Kestrel has refused several hosts and, but in HTTP/1.0, none; an empty one names nobody (RFC 9110 section 4.2.1).
        return headers.Host is [{ Length: 0 }] ? Faults.BadRequest : null;
    }

    public static bool IsName(ReadOnlySpan<byte> name) => !name.IsEmpty && !name.ContainsAnyExcept(TokenBytes);

    public static bool IsValue(ReadOnlySpan<byte> value) => !value.ContainsAny(ControlBytes);

    public static bool IsQuery(ReadOnlySpan<byte> query) => !query.ContainsAnyExcept(QueryBytes);

    // RFC 9112 section 6.1. Where both lengths were sent Kestrel has renamed the other one.
    private static bool IsChunkedAlone(IHttpRequestFeature request)
    {
        var headers = request.Headers;
        return headers.TransferEncoding is [{ } coding] && coding.Equals("chunked", StringComparison.OrdinalIgnoreCase)
            && headers.ContentLength is null && StringValues.IsNullOrEmpty(headers["X-Content-Length"])
            && request.Protocol != Http10;
    }
}
