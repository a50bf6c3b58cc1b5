using System.Text;
using Tollgate.Model;

namespace Tollgate.Gateway;

/// <summary>Which sites' pages may call, in the form that requests are compared with (Fetch standard, CORS protocol).</summary>
internal sealed class CorsRules
{
    private static readonly byte[] Star = "*"u8.ToArray();

    private readonly OriginPattern[] _origins;
    private readonly bool _anyOrigin;
    private readonly string[] _methods;
    private readonly string[] _headers;
    private readonly bool _anyHeader;
    private readonly bool _credentials;

    public CorsRules(CorsConfiguration cors)
    {
        _anyOrigin = cors.AccessControlAllowOrigins.Contains("*");
        _origins = [.. cors.AccessControlAllowOrigins.Where(origin => origin != "*").Select(OriginPattern.Of)];
        _methods = [.. cors.AccessControlAllowMethods];
        _headers = [.. cors.AccessControlAllowHeaders];
        _anyHeader = _headers.Contains("*");
        _credentials = cors.AccessControlAllowCredentials;
    }

    /// <summary>True when answers differ by origin, so that caches have to keep them apart.</summary>
    public bool Varies => !_anyOrigin || (_credentials && _origins.Length > 0);

    /// <summary>What Access-Control-Allow-Origin says to this origin; empty when it is not allowed.</summary>
    /// <param name="origin">As sent.</param>
    /// <param name="credentials">True when the page may send cookies and the like, which never goes to everybody.</param>
    public ReadOnlySpan<byte> Grant(ReadOnlySpan<byte> origin, out bool credentials)
    {
        for (var i = 0; i < _origins.Length; i++)
        {
            if (_origins[i].Matches(origin))
            {
                credentials = _credentials;
                return origin;
            }
        }

        credentials = false;
        return _anyOrigin ? Star : default;
    }

    /// <summary>Of the methods that an operation takes (separated by a comma and a blank), those that pages may use.</summary>
    public string Methods(string taken)
    {
        var allowed = new StringBuilder();
        foreach (var range in taken.AsSpan().Split(", "))
        {
            var method = taken.AsSpan()[range];
            if (IsIn(method, _methods))
            {
                allowed.Append(allowed.Length == 0 ? "" : ", ").Append(method);
            }
        }

        return allowed.ToString();
    }

    /// <summary>The headers that pages may send: what is configured and those of the API's credentials; all that were asked for where any is.</summary>
    public string Headers(string asked, string tokenHeader, string keyHeader)
    {
        if (_anyHeader)
        {
            return asked;
        }

        var allowed = new StringBuilder(string.Join(", ", _headers));
        foreach (var name in (ReadOnlySpan<string>)[tokenHeader, keyHeader])
        {
            if (!IsIn(name, _headers))
            {
                allowed.Append(allowed.Length == 0 ? "" : ", ").Append(name);
            }
        }

        return allowed.ToString();
    }

    private static bool IsIn(ReadOnlySpan<char> name, string[] names)
    {
        foreach (var known in names)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An origin, or one with a star that stands for some labels of its host.</summary>
    private sealed record OriginPattern(byte[] Start, byte[]? End)
    {
        public static OriginPattern Of(string origin)
        {
            var star = origin.IndexOf('*', StringComparison.Ordinal);
            return star < 0
                ? new OriginPattern(Encoding.ASCII.GetBytes(origin), null)
                : new OriginPattern(Encoding.ASCII.GetBytes(origin[..star]), Encoding.ASCII.GetBytes(origin[(star + 1)..]));
        }

        public bool Matches(ReadOnlySpan<byte> origin)
        {
            if (End is null)
            {
                return Ascii.EqualsIgnoreCase(origin, Start);
            }

            return origin.Length > Start.Length + End.Length && Ascii.EqualsIgnoreCase(origin[..Start.Length], Start)
                && Ascii.EqualsIgnoreCase(origin[^End.Length..], End) && AreLabels(origin[Start.Length..^End.Length]);
        }

        // Nothing that would end the host: https://evil.example/.shop.example is no subdomain of shop.example.
        private static bool AreLabels(ReadOnlySpan<byte> text)
        {
            foreach (var c in text)
            {
                if (!char.IsAsciiLetterOrDigit((char)c) && c is not ((byte)'-' or (byte)'.'))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
