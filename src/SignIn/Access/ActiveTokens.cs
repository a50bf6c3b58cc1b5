using Tollgate.Security.Jose;
using Tollgate.Security.Secrets;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Clients;
using Tollgate.Storage.Tokens;

namespace Tollgate.SignIn.Access;

/// <summary>Access tokens of the resident key manager that may still be used, judged by the database.</summary>
/// <remarks>Gateways judge the same from their snapshot.</remarks>
public sealed class ActiveTokens(
    TokenKeys keys, AccessTokenStore opaque, CredentialStore credentials, ClientStore clients, RevocationStore revocations, MasterKey masterKey,
    TimeProvider time)
{
    private readonly OpaqueSecrets _secrets = new(masterKey.Derive(OpaqueSecrets.KeyPurpose));

    /// <summary>The claims of a token that is genuine, not expired and not revoked; otherwise null.</summary>
    public async Task<JwtClaims?> FindAsync(string token)
    {
        var claims = token.Contains('.', StringComparison.Ordinal) ? await keys.VerifyAsync(token) : await FindOpaqueAsync(token);
        if (claims is not { ExpiresAt: { } expiresAt, IssuedAt: { } issuedAt, AuthorizedParty: { } consumerKey } || expiresAt <= time.GetUtcNow())
        {
            return null;
        }

        var issued = issuedAt.ToUnixTimeSeconds();
        var client = await credentials.FindAsync(consumerKey) ?? (await clients.FindAsync(consumerKey))?.AsCredential();
        return client is not null && client.NotBefore < issued
            && !await revocations.IsRevokedAsync(claims.TokenId, claims.AuthorizationId, claims.Subject, issued)
            ? claims
            : null;
    }

    /// <summary>What a JWT in place of this opaque token would say; nothing is read for one that is not of our making.</summary>
    private async Task<JwtClaims?> FindOpaqueAsync(string token)
    {
        if (!_secrets.IsGenuine(OpaqueKind.AccessToken, token) || await opaque.FindAsync(GeneratedSecret.Hash(token)) is not { } known)
        {
            return null;
        }

        return new JwtClaims
        {
            Subject = known.Subject,
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(known.ExpiresAt),
            IssuedAt = DateTimeOffset.FromUnixTimeSeconds(known.IssuedAt),
            TokenId = GeneratedSecret.Hash(token),
            Scopes = known.Scopes,
            AuthorizedParty = known.ConsumerKey,
            ClientId = known.ConsumerKey,
            AuthorizedUserType = known.IsUser ? TokenUserType.User : TokenUserType.Application,
            AuthorizationId = known.AuthorizationId,
        };
    }
}
