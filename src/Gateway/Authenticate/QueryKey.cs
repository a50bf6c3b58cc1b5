namespace Tollgate.Gateway.Authenticate;

/// <summary>The API key in a query: <c>apikey=…</c>. It stays here; every other byte of the query goes on as it came.</summary>
internal static class QueryKey
{
    private const string Parameter = "apikey";

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

    /// <summary>The query without the key.</summary>
    /// <param name="query">With its question mark, or empty.</param>
    public static string Without(string query)
    {
        if (!query.Contains(Parameter, StringComparison.Ordinal))
        {
            return query;
        }

        string? others = null;
        foreach (var range in query.AsSpan(1).Split('&'))
        {
            var part = query.AsSpan(1)[range];
            if (!part.StartsWith(Parameter + "=", StringComparison.Ordinal) && !part.SequenceEqual(Parameter))
            {
                others = others is null ? $"?{part}" : $"{others}&{part}";
            }
        }

        return others ?? "";
    }
}
