namespace Tollgate.Gateway.Authenticate;

/// <summary>The API key in a query: <c>apikey=…</c>. It stays here; every other byte of the query goes on as it came.</summary>
internal static class QueryKey
{
    private static ReadOnlySpan<byte> Name => "apikey="u8;

    /// <summary>Finds the key; <paramref name="repeated"/> when there are several.</summary>
    /// <param name="query">Without its question mark.</param>
    /// <param name="key">As it stands: no character of a key is ever percent-encoded.</param>
    /// <param name="repeated">Which of several the backend would have seen is anybody's guess.</param>
    public static bool TryFind(ReadOnlySpan<byte> query, out ReadOnlySpan<byte> key, out bool repeated)
    {
        key = default;
        repeated = false;
        var found = false;
        while (!query.IsEmpty)
        {
            var end = query.IndexOf((byte)'&');
            var part = end < 0 ? query : query[..end];
            if (part.StartsWith(Name))
            {
                repeated = found;
                found = true;
                key = part[Name.Length..];
            }

            query = end < 0 ? default : query[(end + 1)..];
        }

        return found;
    }

    /// <summary>Writes the query without the key. False when nothing is left of it.</summary>
    /// <param name="query">Without its question mark.</param>
    /// <param name="others">At least as long as the query.</param>
    /// <param name="length">How much was written.</param>
    public static bool TryWriteOthers(ReadOnlySpan<byte> query, Span<byte> others, out int length)
    {
        length = 0;
        if (query.IndexOf(Name[..^1]) < 0)
        {
            query.CopyTo(others);
            length = query.Length;
            return true;
        }

        var some = false;
        foreach (var range in query.Split((byte)'&'))
        {
            var part = query[range];
            if (part.StartsWith(Name) || part.SequenceEqual(Name[..^1]))
            {
                continue;
            }

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
