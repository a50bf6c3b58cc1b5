using Tollgate.Model.Runtime;
using Tollgate.Security.Jose;
using Tollgate.Security.Secrets;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Tokens;

namespace Tollgate.KeyManager.Issue;

/// <summary>Issues opaque access tokens: what a JWT would say is kept under the token's hash.</summary>
internal sealed class OpaqueTokens(AccessTokenStore store, MasterKey masterKey)
{
    private readonly OpaqueSecrets _secrets = new(masterKey.Derive(OpaqueSecrets.KeyPurpose));

    public async Task<string> IssueAsync(JwtClaims claims)
    {
        var text = _secrets.New(OpaqueKind.AccessToken);
        await store.CreateAsync(GeneratedSecret.Hash(text), new RuntimeToken(
            claims.AuthorizedParty!, claims.Subject!, claims.AuthorizedUserType == TokenUserType.User, claims.AuthorizationId,
            claims.Scopes ?? [], claims.IssuedAt!.Value.ToUnixTimeSeconds(), claims.ExpiresAt!.Value.ToUnixTimeSeconds()));
        return text;
    }
}
