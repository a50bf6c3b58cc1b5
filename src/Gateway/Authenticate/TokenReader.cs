using Tollgate.Gateway.Follow;
using Tollgate.Security.Jose;

namespace Tollgate.Gateway.Authenticate;

/// <summary>Verifies an access token the first time it is seen.</summary>
internal static class TokenReader
{
    private const string UserTokenType = "APPLICATION_USER";

    /// <summary>The verified token, or null; <paramref name="unknownKey"/> when a newer snapshot might know its key.</summary>
    public static TokenInfo? ReadAccessToken(ReadOnlySpan<byte> token, Snapshot snapshot, out bool unknownKey)
    {
        var result = snapshot.Keys.Verifier.Verify(token);
        unknownKey = result.Outcome == JwtOutcome.UnknownKey;
        // RFC 9068 section 4: an ID token, an API key, or any other JWT under the same key, is no access token.
        return result is { IsVerified: true, Type: JwtTypes.AccessToken or "application/" + JwtTypes.AccessToken }
            && result.Claims is { ExpiresAt: { } expiresAt, IssuedAt: { } issuedAt, AuthorizedParty: { } consumerKey } claims
            && claims.Issuer == snapshot.Keys.IssuerOf(result.Key)
            ? new TokenInfo
            {
                Kind = TokenKind.AccessToken,
                Key = result.Key,
                Text = token.ToArray(),
                ExpiresAt = expiresAt.ToUnixTimeSeconds(),
                IssuedAt = issuedAt.ToUnixTimeSeconds(),
                ConsumerKey = consumerKey,
                Subject = claims.Subject,
                IsUser = claims.AuthorizedUserType == UserTokenType,
                TokenId = claims.TokenId,
                AuthorizationId = claims.AuthorizationId,
                Scopes = claims.Scopes ?? [],
                Audiences = claims.Audiences ?? [],
            }
            : null;
    }
}
