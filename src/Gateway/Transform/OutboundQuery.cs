using Tollgate.Gateway.Authenticate;

namespace Tollgate.Gateway.Transform;

/// <summary>Which part of a call's query goes on to the backend: everything but the API key, where the API takes one.</summary>
internal static class OutboundQuery
{
    /// <param name="query">With its question mark, or empty.</param>
    /// <param name="exchange">The call.</param>
    public static string Of(string query, Exchange exchange) => exchange.Api!.TakesApiKeys ? QueryKey.Without(query) : query;
}
