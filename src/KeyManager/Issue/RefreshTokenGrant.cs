using Tollgate.Security.Secrets;
using Tollgate.Storage.Tokens;

namespace Tollgate.KeyManager.Issue;

/// <summary>Continues an authorization (RFC 6749 section 6); every use puts a new refresh token in the place of the old one.</summary>
internal sealed class RefreshTokenGrant(
    AuthorizationStore authorizations, UserTokens userTokens, KeyManagerOptions options, TimeProvider time) : IGrant
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

        var issued = await userTokens.IssueAsync(client, authorization, Narrow(authorization, request.Find("scope")))
            ?? throw OAuthError.InvalidGrant(Refused);
        var next = GeneratedSecret.New();
        var expiresAt = options.RefreshTokenExpiry(client, time.GetUtcNow());
        // Last, because it cannot be repeated: whatever fails before leaves the client its refresh token.
        return await authorizations.RotateAsync(hash, GeneratedSecret.Hash(next), expiresAt) == RefreshOutcome.Rotated
            ? new TokenAnswer(issued.Token, issued.ExpiresIn, string.Join(' ', issued.Scopes), next)
            : throw OAuthError.InvalidGrant(Refused);
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
