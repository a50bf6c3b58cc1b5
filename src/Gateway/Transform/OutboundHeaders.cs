using System.Net;
using System.Text;
using Tollgate.Gateway.Authenticate;

namespace Tollgate.Gateway.Transform;

/// <summary>Which headers of a call go on to the backend: everything but credentials, hop-by-hop headers and what the gateway itself states.</summary>
internal static class OutboundHeaders
{
    /// <summary>Writes the header lines, which the front door has checked.</summary>
    public static void Write(HeadBuffer to, in RequestView request, Exchange exchange)
    {
        var namesOthers = NamesOthers(request.Headers);
        foreach (var line in request.Headers)
        {
            if (OutboundNames.IsDropped(line.Name) || IsCredential(exchange, line, request.Headers, to)
                || (namesOthers && request.Headers.Lists("Connection"u8, line.Name)) || IsReplaced(exchange, line.Name))
            {
                continue;
            }

            if (IsCookie(line.Name) && OutboundCookies.HasPortalCookie(line.Value))
            {
                AddCookies(to, line.Value);
                continue;
            }

            to.AddLine(line.Name, line.Value);
        }

        WriteOwn(to, request, exchange);
    }

    private static void WriteOwn(HeadBuffer to, in RequestView request, Exchange exchange)
    {
        to.Add("X-Forwarded-For: "u8);
        AddAddress(to, request.ClientAddress);
        if (request.Proxy is { } proxy && !proxy.Equals(request.ClientAddress))
        {
            to.Add(", "u8);
            AddAddress(to, proxy);
        }

        to.Add(request.IsHttps ? "\r\nX-Forwarded-Proto: https\r\n"u8 : "\r\nX-Forwarded-Proto: http\r\n"u8);
        if (HostOf(request) is { IsEmpty: false } host)
        {
            to.AddLine("X-Forwarded-Host"u8, host);
        }

        to.Add("activityid: "u8);
        to.Add(exchange.Id);
        to.Add("\r\n"u8);
        if (exchange.Span?.Id is { } span)
        {
            to.Add("traceparent: "u8);
            to.Add(span);
            to.Add("\r\n"u8);
        }
    }

    private static void AddAddress(HeadBuffer to, IPAddress address)
    {
        const int Longest = 65;
        if (address.Equals(IPAddress.None))
        {
            to.Add("unknown"u8);
            return;
        }

        address.TryFormat(to.Free(Longest), out var written);
        to.Advance(written);
    }

    // A trusted proxy may have called us by another name than the caller called it.
    private static ReadOnlySpan<byte> HostOf(in RequestView request)
    {
        if (request.Proxy is not null && request.Headers.TryGetOnly("X-Forwarded-Host"u8, out var told, out var repeated) && !repeated)
        {
            return told;
        }

        return request.Headers.TryGetOnly("Host"u8, out var host, out _) ? host : default;
    }

    // The backend continues the trace below this call; without a span the caller's header goes on as it came.
    private static bool IsReplaced(Exchange exchange, ReadOnlySpan<byte> name) =>
        exchange.Span is not null && Ascii.EqualsIgnoreCase(name, "traceparent"u8);

    // Whatever credential the call was judged by stays here: the bearer token, whose header may list other schemes that are for the
    // backend, and a key that the API takes.
    private static bool IsCredential(Exchange exchange, in HeaderField line, HeaderLines all, HeadBuffer to)
    {
        var api = exchange.Api!;
        if (api.TakesApiKeys && Ascii.EqualsIgnoreCase(line.Name, api.ApiKeyHeader))
        {
            return true;
        }

        if (exchange.Token is not { Kind: TokenKind.AccessToken } || !Ascii.EqualsIgnoreCase(line.Name, api.AuthorizationHeader))
        {
            return false;
        }

        AddOthers(to, line, all);
        return true;
    }

    private static void AddOthers(HeadBuffer to, in HeaderField line, HeaderLines all)
    {
        if (!all.TryGetOnly(line.Name, out _, out var repeated) || repeated)
        {
            return;
        }

        // What is left is at most twice as long: a space may follow each comma.
        var free = to.Free(line.Name.Length + (2 * line.Value.Length) + 4);
        var length = BearerValue.WriteOthers(line.Value, free[(line.Name.Length + 2)..]);
        if (length > 0)
        {
            line.Name.CopyTo(free);
            ": "u8.CopyTo(free[line.Name.Length..]);
            "\r\n"u8.CopyTo(free[(line.Name.Length + 2 + length)..]);
            to.Advance(line.Name.Length + 2 + length + 2);
        }
    }

    private static void AddCookies(HeadBuffer to, ReadOnlySpan<byte> cookies)
    {
        var name = "Cookie: "u8;
        // What is left is at most twice as long: a space may follow each semicolon.
        var free = to.Free(name.Length + (2 * cookies.Length) + 2);
        var length = OutboundCookies.WriteOthers(cookies, free[name.Length..]);
        if (length > 0)
        {
            name.CopyTo(free);
            "\r\n"u8.CopyTo(free[(name.Length + length)..]);
            to.Advance(name.Length + length + 2);
        }
    }

    private static bool IsCookie(ReadOnlySpan<byte> name) => name.Length == 6 && Ascii.EqualsIgnoreCase(name, "cookie"u8);

    // RFC 9110 section 7.6.1: headers that Connection names end here too. Mostly there is none, or it says keep-alive.
    private static bool NamesOthers(HeaderLines headers)
    {
        foreach (var line in headers)
        {
            if (IsConnection(line.Name) && !Ascii.EqualsIgnoreCase(line.Value, "keep-alive"u8) && !Ascii.EqualsIgnoreCase(line.Value, "close"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsConnection(ReadOnlySpan<byte> name) => name.Length == 10 && Ascii.EqualsIgnoreCase(name, "connection"u8);
}
