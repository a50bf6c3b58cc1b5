using Microsoft.AspNetCore.Http;
using Tollgate.Security.Jose;
using Tollgate.Security.Secrets;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Tokens;

namespace Tollgate.KeyManager.Revoke;

/// <summary>POST /oauth2/revoke (RFC 7009): unknown tokens and those of other clients are answered with 200 and left alone.</summary>
internal sealed class RevocationEndpoint(
    ClientAuthentication clients, TokenKeys keys, ActiveTokens active, AccessTokenStore opaque, RevocationStore revocations,
    AuthorizationStore authorizations)
{
    public async Task HandleAsync(HttpContext http)
    {
        var request = await OAuthRequest.ReadAsync(http);
        var client = await clients.RequireAsync(http, request);
        var token = request.Need("token");
        // The kinds cannot be mistaken for each other, so token_type_hint is not needed.
        if (token.Contains('.', StringComparison.Ordinal))
        {
            await RevokeAccessTokenAsync(client, token);
        }
        else if (token.Length == OpaqueSecrets.TextLength)
        {
            await RevokeOpaqueTokenAsync(client, token);
        }
        else
        {
            await RevokeRefreshTokenAsync(client, token);
        }

        http.Response.StatusCode = 200;
        http.Response.Headers.CacheControl = "no-store";
    }

    private async Task RevokeAccessTokenAsync(Client client, string token)
    {
        if (await keys.VerifyAsync(token) is not { TokenId: { } id, ExpiresAt: { } expiresAt } claims
            || claims.AuthorizedParty != client.Credential.ConsumerKey)
        {
            return;
        }

        await revocations.RevokeTokenAsync(id, expiresAt.ToUnixTimeSeconds());
        await EndAuthorizationAsync(claims);
    }

    private async Task RevokeOpaqueTokenAsync(Client client, string token)
    {
        if (await active.FindAsync(token) is { TokenId: { } hash, ExpiresAt: { } expiresAt } claims
            && claims.AuthorizedParty == client.Credential.ConsumerKey)
        {
            await opaque.RevokeAsync(hash, expiresAt.ToUnixTimeSeconds());
            await EndAuthorizationAsync(claims);
        }
    }

    // The refresh token goes along, or the client would simply get the next access token.
    private async Task EndAuthorizationAsync(JwtClaims claims)
    {
        if (claims.AuthorizationId is { } authorization)
        {
            await authorizations.EndAsync(authorization);
        }
    }

    private async Task RevokeRefreshTokenAsync(Client client, string token)
    {
        if (await authorizations.FindByRefreshTokenAsync(GeneratedSecret.Hash(token)) is { } authorization
            && authorization.ConsumerKey == client.Credential.ConsumerKey)
        {
            await authorizations.EndAsync(authorization.Id);
        }
    }
}
