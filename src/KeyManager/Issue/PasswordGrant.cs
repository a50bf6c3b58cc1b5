using Tollgate.Security.Secrets;
using Tollgate.SignIn.Passwords;
using Tollgate.Storage.Tokens;

namespace Tollgate.KeyManager.Issue;

/// <summary>A user's name and password through a trusted application (RFC 6749 section 4.3).</summary>
internal sealed class PasswordGrant(
    PasswordSignIn signIn, ScopeGrants scopes, AccessTokens tokens, AuthorizationStore authorizations, KeyManagerOptions options,
    TimeProvider time) : IGrant
{
    public string Type => "password";

    public async Task<TokenAnswer> IssueAsync(Client client, OAuthRequest request)
    {
        var organization = client.Application.Organization;
        var name = request.Need("username");
        var suffix = "@" + organization;
        var user = await signIn.CheckAsync(
            organization, name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) ? name[..^suffix.Length] : name, request.Need("password"))
            ?? throw OAuthError.InvalidGrant("The user name or password is wrong, or the user may not sign in.");
        var granted = await scopes.ForUserAsync(organization, request.Find("scope"), user.Roles);
        var refreshToken = GeneratedSecret.New();
        var authorization = new Authorization
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Organization = organization,
            ConsumerKey = client.Credential.ConsumerKey,
            Subject = user.Subject,
            Scopes = string.Join(' ', granted),
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            ExpiresAt = (time.GetUtcNow() + options.RefreshTokenValidity).ToUnixTimeSeconds(),
        };
        var (token, expiresIn) = await tokens.ForUserAsync(client, user.Subject, granted, authorization.Id);
        if (!client.MayUse(RefreshTokenGrant.GrantType))
        {
            return new TokenAnswer(token, expiresIn, authorization.Scopes, null);
        }

        await authorizations.CreateAsync(authorization, GeneratedSecret.Hash(refreshToken));
        return new TokenAnswer(token, expiresIn, authorization.Scopes, refreshToken);
    }
}
