using Tollgate.Model;

namespace Tollgate.Gateway.Match;

/// <summary>Finds the API and the operation that a request calls.</summary>
internal static class MatchStage
{
    /// <summary>The API with the longest context.</summary>
    public static Verdict FindApi(in RequestView request, Exchange exchange)
    {
        var snapshot = exchange.Snapshot;
        if (!snapshot.IsReady)
        {
            return Faults.NotReady;
        }

        // Each kind of API on its own ports, as in the field.
        if (snapshot.Routes.Find(request.Host, request.Path, out var rest) is not { } api || api.IsWebSocket != request.IsOnWebSocketPort
            || (snapshot.InactiveOrganizations.Count > 0 && snapshot.InactiveOrganizations.Contains(api.Deployed.Organization)))
        {
            return Faults.NotFound;
        }

        exchange.Api = api;
        exchange.ContextLength = request.Path.Length - rest.Length;
        return Verdict.Continue;
    }

    /// <summary>The most specific operation, of an API that may be called like this.</summary>
    public static Verdict FindOperation(in RequestView request, Exchange exchange)
    {
        var api = exchange.Api!;
        var rest = request.Path[exchange.ContextLength..];
        if (!(request.IsHttps ? api.AllowsHttps : api.AllowsHttp))
        {
            return Faults.UnsupportedTransport;
        }

        if (api.State == LifecycleState.Blocked)
        {
            return Faults.ApiBlocked;
        }

        exchange.Operation = api.Operations.Find(rest, Verb.Of(request.Method));
        if (exchange.Operation is not null)
        {
            return api.IsWebSocket && Handshake.Check(request) is { } refused ? refused : Verdict.Continue;
        }

        // Off the hot path: which methods there would be (RFC 9110 section 15.5.6 asks for an Allow header).
        exchange.Allow = api.Operations.Allowed(rest);
        return exchange.Allow.Length == 0 ? Faults.NoResource : Faults.MethodNotAllowed;
    }
}
