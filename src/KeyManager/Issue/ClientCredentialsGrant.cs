using Tollgate.Storage.Users;

namespace Tollgate.KeyManager.Issue;

/// <summary>An application asks for itself (RFC 6749 section 4.4); no refresh token.</summary>
internal sealed class ClientCredentialsGrant(ScopeGrants scopes, AccessTokens tokens, UserStore users) : IGrant
{
    public string Type => "client_credentials";

    public async Task<TokenAnswer> IssueAsync(Client client, OAuthRequest request)
    {
        var application = client.Application;
        var owner = await users.FindByNameAsync(application.Organization, application.Owner);
        var granted = await scopes.ForApplicationAsync(application.Organization, request.Find("scope"), owner?.Roles ?? []);
        var (token, expiresIn) = await tokens.ForApplicationAsync(client, granted);
        return new TokenAnswer(token, expiresIn, string.Join(' ', granted), null);
    }
}
