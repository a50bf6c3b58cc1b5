using Tollgate.Storage.Tokens;
using Tollgate.Storage.Users;

namespace Tollgate.KeyManager.Issue;

/// <summary>Issues access tokens under an authorization, for as long as its user may have any.</summary>
internal sealed class UserTokens(UserStore users, RevocationStore revocations, ScopeGrants scopes, AccessTokens tokens)
{
    /// <summary>The token with its scopes; null when the user is gone, locked, another one by the same name, or has another password since.</summary>
    /// <remarks>
    /// 1. Read the second up to which the user's tokens are refused. 2. Read the user. 3. Sign. In this order a lock or a change of roles
    /// either is seen in step 2 or comes after it; then its own second is at least the token's, and gateways refuse the token.
    /// </remarks>
    public async Task<(string Token, long ExpiresIn, IReadOnlyList<string> Scopes)?> IssueAsync(
        Client client, Authorization authorization, string? requestedScopes)
    {
        var notBefore = await revocations.UserNotBeforeAsync(authorization.Subject);
        var name = authorization.Subject[..^(authorization.Organization.Length + 1)];
        var user = await users.FindByNameAsync(authorization.Organization, name);
        if (user is not { Locked: false } || user.CreatedAt > authorization.CreatedAt || user.PasswordChangedAt >= authorization.CreatedAt)
        {
            return null;
        }

        var granted = await scopes.ForUserAsync(authorization.Organization, requestedScopes, user.Roles);
        var (token, expiresIn) = await tokens.ForUserAsync(client, authorization, granted, notBefore);
        return (token, expiresIn, granted);
    }
}
