using System.Text;

namespace Tollgate.Gateway.Transform;

/// <summary>The names of headers that never go on to a backend, whoever calls.</summary>
internal static class OutboundNames
{
    // RFC 9110 section 7.6.1, what the gateway states itself, and what backends take as said by the gateway: a caller must not be able to say it.
    private static readonly string[] Dropped =
    [
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding",
        "Upgrade", "HTTP2-Settings", "Host", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port",
        "X-Forwarded-Server", "X-Real-IP", "X-JWT-Assertion", "Internal-Key", "X-WSO2-CLIENT-CERTIFICATE", "activityid", "Content-Length", "Expect",
        // Some backends take these for the path and the method: not those that were authorised.
        "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override",
    ];

    // By length: a name is compared with none, mostly, and with three at most.
    private static readonly byte[][][] ByLength = Table();

    public static bool IsDropped(ReadOnlySpan<byte> name)
    {
        if (name.Length >= ByLength.Length)
        {
            return false;
        }

        var candidates = ByLength[name.Length];
        return candidates.Length > 0
            && (IsOneOf(name, candidates) || (name.Contains((byte)'_') && IsOneOf(Dashed(name, stackalloc byte[name.Length]), candidates)));
    }

    private static bool IsOneOf(ReadOnlySpan<byte> name, byte[][] candidates)
    {
        foreach (var candidate in candidates)
        {
            if (Ascii.EqualsIgnoreCase(name, candidate))
            {
                return true;
            }
        }

        return false;
    }

    // Many backends read '_' and '-' in header names as one (CGI variables, WSGI): the other spelling is dropped too.
    private static Span<byte> Dashed(ReadOnlySpan<byte> name, Span<byte> dashed)
    {
        name.CopyTo(dashed);
        dashed.Replace((byte)'_', (byte)'-');
        return dashed;
    }

    private static byte[][][] Table()
    {
        var table = new byte[Dropped.Max(name => name.Length) + 1][][];
        for (var length = 0; length < table.Length; length++)
        {
            table[length] = [.. Dropped.Where(name => name.Length == length).Select(Encoding.ASCII.GetBytes)];
        }

        return table;
    }
}
