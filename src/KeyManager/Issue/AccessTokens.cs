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
    /// <param name="client">Who asks.</param>
    /// <param name="scopes">What it may.</param>
    /// <param name="validity">The life that was asked for, in seconds; null takes what is set.</param>
    public Task<(string Token, long ExpiresIn)> ForApplicationAsync(Client client, IReadOnlyList<string> scopes, long? validity = null)
    {
        var claims = new JwtClaims { Subject = client.Credential.ConsumerKey, AuthorizedUserType = TokenUserType.Application };
        var lifetime = validity ?? Lifetime(client.Credential.AccessTokenValidity, options.ApplicationTokenValidity);
        return IssueAsync(claims, client, scopes, client.Credential.NotBefore, lifetime);
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
        var credential = client.Credential;
        var lifetime = Lifetime(credential.Terms.UserTokenValidity ?? credential.AccessTokenValidity, options.UserTokenValidity);
        return IssueAsync(claims, client, scopes, Math.Max(credential.NotBefore, userNotBefore), lifetime);
    }

    // The application's own setting wins over the system's.
    private static long Lifetime(long chosen, TimeSpan fallback) => chosen > 0 ? chosen : (long)fallback.TotalSeconds;

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
