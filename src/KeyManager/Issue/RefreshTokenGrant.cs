using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.Storage.Tokens;
using Tollgate.Storage.Users;

namespace Tollgate.KeyManager.Issue;

/// <summary>Continues an authorization (RFC 6749 section 6); every use puts a new refresh token in the place of the old one.</summary>
internal sealed class RefreshTokenGrant(
    AuthorizationStore authorizations, UserStore users, ScopeGrants scopes, AccessTokens tokens, KeyManagerOptions options,
    TimeProvider time) : IGrant
{
    public const string GrantType = "refresh_token";

    private const string Refused = "The refresh token is unknown, expired, used before or belongs to another client.";

    public string Type => GrantType;

    public async Task<TokenAnswer> IssueAsync(Client client, OAuthRequest request)
    {
        var hash = GeneratedSecret.Hash(request.Need("refresh_token"));
        var authorization = await authorizations.FindByRefreshTokenAsync(hash);
        if (authorization is null || authorization.ConsumerKey != client.Credential.ConsumerKey)
        {
            throw OAuthError.InvalidGrant(Refused);
        }

        var user = await UserOfAsync(authorization);
        var wanted = Narrow(authorization, request.Find("scope"));
        var next = GeneratedSecret.New();
        var expiresAt = (time.GetUtcNow() + options.RefreshTokenValidity).ToUnixTimeSeconds();
        if (await authorizations.RotateAsync(hash, GeneratedSecret.Hash(next), expiresAt) != RefreshOutcome.Rotated)
        {
            throw OAuthError.InvalidGrant(Refused);
        }

        var granted = await scopes.ForUserAsync(authorization.Organization, wanted, user.Roles);
        var (token, expiresIn) = await tokens.ForUserAsync(client, user.Subject, granted, authorization.Id);
        return new TokenAnswer(token, expiresIn, string.Join(' ', granted), next);
    }

    // A locked user gets no new tokens, nor does one created anew under the name of one who was deleted.
    private async Task<User> UserOfAsync(Authorization authorization)
    {
        var name = authorization.Subject[..^(authorization.Organization.Length + 1)];
        var user = await users.FindByNameAsync(authorization.Organization, name);
        return user is { Locked: false } && user.CreatedAt <= authorization.CreatedAt ? user : throw OAuthError.InvalidGrant(Refused);
    }

    private static string Narrow(Authorization authorization, string? requested)
    {
        if (requested is null)
        {
            return authorization.Scopes;
        }

        var granted = authorization.Scopes.Split(' ');
        return requested.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(granted.Contains)
            ? requested
            : throw OAuthError.InvalidScope("A refresh cannot add scopes to those granted at first.");
    }
}
