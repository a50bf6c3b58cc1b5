namespace Tollgate.Gateway.Authenticate;

/// <summary>
/// Credentials in a query: <c>apikey=…</c>, and on WebSocket handshakes, whose headers a browser does not set, <c>access_token=…</c>. They stay here;
/// every other byte of the query goes on as it came.
/// </summary>
internal static class QueryKey
{
    /// <summary>Name of an API key.</summary>
    public static ReadOnlySpan<byte> ApiKey => "apikey="u8;

    /// <summary>Name of an access token.</summary>
    public static ReadOnlySpan<byte> AccessToken => "access_token="u8;

    /// <summary>Finds a credential; <paramref name="repeated"/> when there are several.</summary>
    /// <param name="query">Without its question mark.</param>
    /// <param name="name">One of the names above.</param>
    /// <param name="key">As it stands: no character of a key or a token is ever percent-encoded.</param>
    /// <param name="repeated">Which of several the backend would have seen is anybody's guess.</param>
    public static bool TryFind(ReadOnlySpan<byte> query, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> key, out bool repeated)
    {
        key = default;
        repeated = false;
        var found = false;
        while (!query.IsEmpty)
        {
            var end = query.IndexOf((byte)'&');
            var part = end < 0 ? query : query[..end];
            if (part.StartsWith(name))
            {
                repeated = found;
                found = true;
                key = part[name.Length..];
            }

            query = end < 0 ? default : query[(end + 1)..];
        }

        return found;
    }

    /// <summary>Writes the query without a credential. False when nothing is left of it.</summary>
    /// <param name="query">Without its question mark.</param>
    /// <param name="name">Name of the credential.</param>
    /// <param name="others">At least as long as the query; may be the query itself.</param>
    /// <param name="length">How much was written.</param>
    public static bool TryWriteOthers(ReadOnlySpan<byte> query, ReadOnlySpan<byte> name, Span<byte> others, out int length)
    {
        length = 0;
        if (query.IndexOf(name[..^1]) < 0)
        {
            query.CopyTo(others);
            length = query.Length;
            return true;
        }

        var some = false;
        foreach (var range in query.Split((byte)'&'))
        {
            var part = query[range];
            if (part.StartsWith(name) || part.SequenceEqual(name[..^1]))
            {
                continue;
            }

            // Forwards only, and never past what was read: that is why the query may be written over itself.
            if (some)
            {
                others[length++] = (byte)'&';
            }

            some = true;
            part.CopyTo(others[length..]);
            length += part.Length;
        }

        return some;
    }
}
