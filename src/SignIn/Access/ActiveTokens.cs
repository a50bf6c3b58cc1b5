using Tollgate.Security.Jose;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Tokens;

namespace Tollgate.SignIn.Access;

/// <summary>Access tokens of the resident key manager that may still be used, judged by the database.</summary>
/// <remarks>Gateways judge the same from their snapshot.</remarks>
public sealed class ActiveTokens(TokenKeys keys, CredentialStore credentials, RevocationStore revocations, TimeProvider time)
{
    /// <summary>The claims of a token that is genuine, not expired and not revoked; otherwise null.</summary>
    public async Task<JwtClaims?> FindAsync(string token)
    {
        var claims = await keys.VerifyAsync(token);
        if (claims is not { ExpiresAt: { } expiresAt, IssuedAt: { } issuedAt, AuthorizedParty: { } consumerKey } || expiresAt <= time.GetUtcNow())
        {
            return null;
        }

        var issued = issuedAt.ToUnixTimeSeconds();
        return await credentials.FindAsync(consumerKey) is { } credential && credential.NotBefore < issued
            && !await revocations.IsRevokedAsync(claims.TokenId, claims.AuthorizationId, claims.Subject, issued)
            ? claims
            : null;
    }
}
