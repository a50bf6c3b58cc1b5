using System.Text;
using Tollgate.Gateway.Match;

namespace Tollgate.Gateway.Cors;

/// <summary>Finds out what a page of another site may do with the API that was found, and answers its preflight.</summary>
internal sealed class CorsStage(GatewayOptions options)
{
    private readonly CorsRules? _common = options.Cors.Rules;

    public Verdict Run(in RequestView request, Exchange exchange)
    {
        var api = exchange.Api!;
        if ((api.Cors ?? _common) is not { } rules)
        {
            return Verdict.Continue;
        }

        exchange.Cors.Varies = rules.Varies;
        if (!request.Headers.TryGetOnly("Origin"u8, out var origin, out var repeated) || repeated)
        {
            return Verdict.Continue;
        }

        var granted = rules.Grant(origin, out var credentials);
        exchange.Cors.Origin = granted.Length == 1 ? "*" : granted.IsEmpty ? null : Encoding.Latin1.GetString(granted);
        exchange.Cors.Credentials = credentials;
        return request.Method.SequenceEqual("OPTIONS"u8) ? Preflight(request, exchange, rules) : Verdict.Continue;
    }

    // An operation of the API's own that takes OPTIONS is called like any other, and so is a path without operations (it is not found).
    private static Verdict Preflight(in RequestView request, Exchange exchange, CorsRules rules)
    {
        var api = exchange.Api!;
        var rest = request.Path[exchange.ContextLength..];
        if (!request.Headers.TryGetOnly("Access-Control-Request-Method"u8, out _, out _) || api.Operations.Find(rest, Verb.Options) is not null
            || api.Operations.Allowed(rest) is not { Length: > 0 } taken)
        {
            return Verdict.Continue;
        }

        _ = request.Headers.TryGetOnly("Access-Control-Request-Headers"u8, out var asked, out _);
        exchange.Cors.Methods = rules.Methods(taken);
        exchange.Cors.Headers = rules.Headers(Encoding.Latin1.GetString(asked), api.Deployed.AuthorizationHeader, api.Deployed.ApiKeyHeader);
        return Verdict.Preflight;
    }
}
