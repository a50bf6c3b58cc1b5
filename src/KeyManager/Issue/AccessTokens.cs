using Tollgate.Model;
using Tollgate.Security.Jose;
using Tollgate.Security.Secrets;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Tokens;

namespace Tollgate.KeyManager.Issue;

/// <summary>Makes access tokens: JWTs (RFC 9068), or opaque ones for applications that want them.</summary>
internal sealed class AccessTokens(SigningKeys keys, OpaqueTokens opaque, KeyManagerOptions options)
{
    /// <summary>A token for the application itself.</summary>
    public Task<(string Token, long ExpiresIn)> ForApplicationAsync(Client client, IReadOnlyList<string> scopes)
    {
        var claims = new JwtClaims { Subject = client.Credential.ConsumerKey, AuthorizedUserType = TokenUserType.Application };
        return IssueAsync(claims, client, scopes, client.Credential.NotBefore, Lifetime(client, options.ApplicationTokenValidity));
    }

    /// <summary>A token that speaks for a user under an authorization; dated behind the second up to which his tokens are refused.</summary>
    public Task<(string Token, long ExpiresIn)> ForUserAsync(
        Client client, Authorization authorization, IReadOnlyList<string> scopes, long userNotBefore)
    {
        var claims = new JwtClaims
        {
            Subject = authorization.Subject,
            AuthorizedUserType = TokenUserType.User,
            AuthorizationId = authorization.Id,
        };
        var notBefore = Math.Max(client.Credential.NotBefore, userNotBefore);
        return IssueAsync(claims, client, scopes, notBefore, Lifetime(client, options.UserTokenValidity));
    }

    // The application's own setting wins over the system's.
    private static long Lifetime(Client client, TimeSpan fallback) =>
        client.Credential.AccessTokenValidity > 0 ? client.Credential.AccessTokenValidity : (long)fallback.TotalSeconds;

    private async Task<(string Token, long ExpiresIn)> IssueAsync(
        JwtClaims claims, Client client, IReadOnlyList<string> scopes, long notBefore, long lifetime)
    {
        // Tokens issued up to notBefore are refused and times are whole seconds: one issued in that very second is dated into the next.
        var issuedAt = Math.Max(client.SeenAt, notBefore + 1);
        var complete = claims with
        {
            Issuer = options.Issuer,
            Audiences = [client.Credential.ConsumerKey],
            AuthorizedParty = client.Credential.ConsumerKey,
            ClientId = client.Credential.ConsumerKey,
            KeyType = EnumText<KeyType>.Of(client.Credential.KeyType),
            TokenId = GeneratedSecret.NewIdentifier(),
            IssuedAt = DateTimeOffset.FromUnixTimeSeconds(issuedAt),
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(issuedAt + lifetime),
            Scopes = scopes,
        };
        return client.Application.TokenType == Application.OpaqueTokens
            ? (await opaque.IssueAsync(complete), lifetime)
            : (keys.Signer.Sign(JwtTypes.AccessToken, complete.WriteTo), lifetime);
    }
}
