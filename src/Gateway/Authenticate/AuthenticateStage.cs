using Tollgate.Gateway.Follow;

namespace Tollgate.Gateway.Authenticate;

/// <summary>Finds out on whose behalf a call is made: OAuth 2 access tokens as JWTs, checked against the snapshot.</summary>
internal sealed class AuthenticateStage(TokenCache cache, CatchUp catchUp)
{
    public Verdict Run(in RequestView request, Exchange exchange)
    {
        if (!exchange.Operation!.NeedsToken)
        {
            return Verdict.Continue;
        }

        if (!request.Headers.TryGetOnly(exchange.Api!.AuthorizationHeader, out var value, out var repeated))
        {
            return Faults.MissingCredentials;
        }

        // Two credential lines: which one the backend would see is anybody's guess.
        if (repeated)
        {
            return Faults.InvalidCredentials;
        }

        var token = BearerValue.TokenIn(value);
        if (token.IsEmpty)
        {
            return Faults.MissingCredentials;
        }

        var now = request.Now / 1000;
        if (!cache.TryGet(token, out var info))
        {
            info = TokenReader.Read(token, exchange.Snapshot, out var unknownKey);
            if (info is null)
            {
                return unknownKey && catchUp.TryBegin(exchange) ? Verdict.Suspend : Faults.InvalidCredentials;
            }

            cache.Add(token, info, now);
        }

        if (info!.ExpiresAt <= now)
        {
            return Faults.TokenExpired;
        }

        exchange.Token = info;
        exchange.Standing = info.StandingIn(exchange.Snapshot);
        if (exchange.Standing.Fault is null)
        {
            return Verdict.Continue;
        }

        // A consumer key that is not here yet may be seconds old: the change may still be on its way from the control plane.
        return exchange.Standing.IsUnknown && now - info.IssuedAt <= CatchUp.FreshSeconds && catchUp.TryBegin(exchange)
            ? Verdict.Suspend
            : exchange.Standing.Fault;
    }
}
