using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tollgate.Gateway.Authenticate;

namespace Tollgate.Gateway.Transform;

/// <summary>Which headers of a call go on to the backend: everything but credentials, hop-by-hop headers and what the gateway itself states.</summary>
internal static class OutboundHeaders
{
    // RFC 9110 section 7.6.1, and what backends take as said by the gateway: a caller must not be able to say it.
    private static readonly FrozenSet<string> Dropped = FrozenSet.ToFrozenSet(
        [
            "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding",
            "Upgrade", "HTTP2-Settings", "Host", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port",
            "X-Forwarded-Server", "X-Real-IP", "X-JWT-Assertion", "Internal-Key", "X-WSO2-CLIENT-CERTIFICATE", "activityid", "Content-Length", "Expect",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Copies what goes on. Content headers are the forwarder's business.</summary>
    public static void Copy(IHeaderDictionary from, HttpRequestMessage to, Exchange exchange, IPAddress client, string scheme)
    {
        var named = from.Connection;
        foreach (var (name, values) in from)
        {
            if (IsDropped(name) || IsNamedBy(named, name) || IsApiKey(exchange, name))
            {
                continue;
            }

            if (exchange.Token is { Kind: TokenKind.AccessToken }
                && name.Equals(exchange.Api!.Deployed.AuthorizationHeader, StringComparison.OrdinalIgnoreCase))
            {
                AddOthers(to, name, values);
            }
            else if (!to.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                to.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        to.Headers.TryAddWithoutValidation("X-Forwarded-For", client.ToString());
        to.Headers.TryAddWithoutValidation("X-Forwarded-Proto", scheme);
        to.Headers.TryAddWithoutValidation("X-Forwarded-Host", from.Host.ToString());
        to.Headers.TryAddWithoutValidation("activityid", exchange.Id);
        if (exchange.Span?.Id is { } span)
        {
            // The backend continues the trace below this call; without a span the caller's header went on as it came.
            to.Headers.Remove("traceparent");
            to.Headers.TryAddWithoutValidation("traceparent", span);
        }
    }

    /// <summary>True for headers of a response that end at this hop.</summary>
    public static bool IsHopByHop(string name) =>
        name.Equals("Connection", StringComparison.OrdinalIgnoreCase) || name.Equals("Keep-Alive", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) || name.Equals("Proxy-Connection", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Upgrade", StringComparison.OrdinalIgnoreCase) || name.Equals("Trailer", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Proxy-Authenticate", StringComparison.OrdinalIgnoreCase);

    // Many backends read '_' and '-' in header names as one (CGI variables, WSGI): the other spelling is dropped too.
    private static bool IsDropped(string name) =>
        Dropped.Contains(name) || (name.Contains('_', StringComparison.Ordinal) && Dropped.Contains(name.Replace('_', '-')));

    // Whatever credential the call was judged by: a key that the API takes is not for its backend.
    private static bool IsApiKey(Exchange exchange, string name) =>
        exchange.Api!.TakesApiKeys && name.Equals(exchange.Api.Deployed.ApiKeyHeader, StringComparison.OrdinalIgnoreCase);

    // The bearer token stays here; other schemes in the same header are for the backend.
    private static void AddOthers(HttpRequestMessage to, string name, StringValues values)
    {
        if (values.Count == 1 && BearerValue.Without(values[0]!) is { } others)
        {
            to.Headers.TryAddWithoutValidation(name, others);
        }
    }

    // RFC 9110 section 7.6.1: headers that Connection names end here too.
    private static bool IsNamedBy(StringValues connection, string name)
    {
        foreach (var value in connection)
        {
            if (value is not null && value.Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
