using Tollgate.Gateway.Authenticate;

namespace Tollgate.Gateway.Transform;

/// <summary>Which part of a call's query goes on to the backend: everything but the credentials that the API takes there.</summary>
internal static class OutboundQuery
{
    /// <param name="to">Where the query goes, with its question mark.</param>
    /// <param name="query">As it came, without its question mark.</param>
    /// <param name="isThere">True when the target has a question mark, even with nothing behind it.</param>
    /// <param name="exchange">The call.</param>
    public static void Write(HeadBuffer to, ReadOnlySpan<byte> query, bool isThere, Exchange exchange)
    {
        if (!isThere)
        {
            return;
        }

        var api = exchange.Api!;
        var free = to.Free(query.Length + 1);
        free[0] = (byte)'?';
        query.CopyTo(free[1..]);
        var length = query.Length;
        if ((api.TakesApiKeys && !QueryKey.TryWriteOthers(free.Slice(1, length), QueryKey.ApiKey, free[1..], out length))
            || (api is { IsWebSocket: true, TakesTokens: true }
                && !QueryKey.TryWriteOthers(free.Slice(1, length), QueryKey.AccessToken, free[1..], out length)))
        {
            return;
        }

        to.Advance(length + 1);
    }
}
