using System.Text;
using Tollgate.Model;

namespace Tollgate.Gateway.Transform;

/// <summary>Which cookies of a call go on to the backend: all but those that sign people in to the portals.</summary>
internal static class OutboundCookies
{
    private static readonly byte[] Prefix = Encoding.ASCII.GetBytes(PortalCookie.Prefix);

    public static bool HasPortalCookie(ReadOnlySpan<byte> cookies)
    {
        foreach (var range in cookies.Split((byte)';'))
        {
            if (IsPortals(cookies[range]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the other cookies, which take at most twice the room; how many bytes they are.</summary>
    public static int WriteOthers(ReadOnlySpan<byte> cookies, Span<byte> to)
    {
        var written = 0;
        foreach (var range in cookies.Split((byte)';'))
        {
            var cookie = cookies[range].Trim(" \t"u8);
            if (cookie.IsEmpty || IsPortals(cookie))
            {
                continue;
            }

            if (written > 0)
            {
                "; "u8.CopyTo(to[written..]);
                written += 2;
            }

            cookie.CopyTo(to[written..]);
            written += cookie.Length;
        }

        return written;
    }

    private static bool IsPortals(ReadOnlySpan<byte> cookie)
    {
        var name = cookie.TrimStart(" \t"u8);
        return name.Length >= Prefix.Length && Ascii.EqualsIgnoreCase(name[..Prefix.Length], Prefix);
    }
}
