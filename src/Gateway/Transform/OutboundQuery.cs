using Tollgate.Gateway.Authenticate;

namespace Tollgate.Gateway.Transform;

/// <summary>Which part of a call's query goes on to the backend: everything but the API key, where the API takes one.</summary>
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

        var free = to.Free(query.Length + 1);
        if (!exchange.Api!.TakesApiKeys)
        {
            free[0] = (byte)'?';
            query.CopyTo(free[1..]);
            to.Advance(query.Length + 1);
        }
        else if (QueryKey.TryWriteOthers(query, free[1..], out var length))
        {
            free[0] = (byte)'?';
            to.Advance(length + 1);
        }
    }
}
