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
