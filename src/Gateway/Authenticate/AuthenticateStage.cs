using Tollgate.Gateway.Authorize;
using Tollgate.Gateway.Follow;

namespace Tollgate.Gateway.Authenticate;

/// <summary>
/// Finds out on whose behalf a call is made: by an access token or an API key, whichever the API takes and the caller shows. The first
/// credential that is there decides; one that is not valid is not made up for by another.
/// </summary>
internal sealed class AuthenticateStage(TokenCache cache, OpaqueTokens opaque, KeyUses uses, CatchUp catchUp)
{
    public Verdict Run(in RequestView request, Exchange exchange)
    {
        if (!exchange.Operation!.NeedsToken)
        {
            return Verdict.Continue;
        }

        var api = exchange.Api!;
        var token = default(ReadOnlySpan<byte>);
        if (api.TakesTokens && request.Headers.TryGetOnly(api.AuthorizationHeader, out var value, out var repeated))
        {
            // Two credential lines: which one the backend would see is anybody's guess.
            if (repeated)
            {
                return Faults.InvalidCredentials;
            }

            token = BearerValue.TokenIn(value);
        }

        if (token.IsEmpty && api is { IsWebSocket: true, TakesTokens: true }
            && QueryKey.TryFind(request.Query, QueryKey.AccessToken, out token, out repeated) && repeated)
        {
            return Faults.InvalidCredentials;
        }

        if (!token.IsEmpty)
        {
            return WithToken(token, request, exchange);
        }

        if (api.TakesApiKeys
            && (request.Headers.TryGetOnly(api.ApiKeyHeader, out var key, out repeated)
                || QueryKey.TryFind(request.Query, QueryKey.ApiKey, out key, out repeated)))
        {
            exchange.ShowsApiKey = true;
            return repeated ? Faults.InvalidApiKey : WithApiKey(key.Trim((byte)' '), request, exchange);
        }

        return api.MissingCredentials;
    }

    private Verdict WithToken(ReadOnlySpan<byte> token, in RequestView request, Exchange exchange)
    {
        if (!cache.TryGet(token, out var info))
        {
            if (!token.Contains((byte)'.'))
            {
                var found = opaque.Find(token, exchange, out info);
                return found.Step == Step.Continue ? Judge(info!, request, exchange) : found;
            }

            info = TokenReader.ReadAccessToken(token, exchange.Snapshot, out var unknownKey);
            if (info is null)
            {
                return unknownKey && catchUp.TryBegin(exchange) ? Verdict.Suspend : Faults.InvalidCredentials;
            }

            cache.Add(token, info, request.Now / 1000);
        }

        return info!.Kind == TokenKind.AccessToken ? Judge(info, request, exchange) : Faults.InvalidCredentials;
    }

    private Verdict WithApiKey(ReadOnlySpan<byte> key, in RequestView request, Exchange exchange)
    {
        if (!cache.TryGet(key, out var info))
        {
            info = ApiKeyReader.Read(key, exchange.Snapshot, out var maybeNew);
            if (info is null)
            {
                return maybeNew && catchUp.TryBegin(exchange) ? Verdict.Suspend : Faults.InvalidApiKey;
            }

            cache.Add(key, info, request.Now / 1000);
        }

        return info!.Kind == TokenKind.ApiKey ? Judge(info, request, exchange) : Faults.InvalidApiKey;
    }

    private Verdict Judge(TokenInfo info, in RequestView request, Exchange exchange)
    {
        var now = request.Now / 1000;
        if (info.ExpiresAt <= now)
        {
            return info.Kind == TokenKind.ApiKey ? Faults.ApiKeyExpired : Faults.TokenExpired;
        }

        exchange.Token = info;
        var standing = exchange.Standing = info.StandingIn(exchange.Snapshot);
        if (standing.Fault is null)
        {
            return Admit(info, standing, request);
        }

        // A consumer key or application that is not here yet may be seconds old: the change may still be on its way from the control plane.
        return standing.IsUnknown && now - info.IssuedAt <= CatchUp.FreshSeconds && catchUp.TryBegin(exchange)
            ? Verdict.Suspend
            : standing.Fault;
    }

    private Verdict Admit(TokenInfo info, Standing standing, in RequestView request)
    {
        if (standing.Callers is { } callers && !callers.Permits(request))
        {
            return Faults.CallerNotPermitted;
        }

        if (info.Kind == TokenKind.ApiKey)
        {
            uses.Note(info, request.Now);
        }

        return Verdict.Continue;
    }
}
