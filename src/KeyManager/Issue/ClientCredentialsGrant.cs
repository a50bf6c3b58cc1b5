using Tollgate.Model;
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
        var (token, expiresIn) = await tokens.ForApplicationAsync(client, granted, Validity(request));
        return new TokenAnswer(token, expiresIn, string.Join(' ', granted), null);
    }

    // The field's extension: a client asks for a life of its own choice, up to the longest one; -1 is that.
    private static long? Validity(OAuthRequest request)
    {
        var text = request.Find("validity_period");
        return text is null ? null
            : text == "-1" ? Credential.MaxAccessTokenValidity
            : long.TryParse(text, out var seconds) && seconds is > 0 and <= Credential.MaxAccessTokenValidity ? seconds
            : throw OAuthError.InvalidRequest($"validity_period is 1 to {Credential.MaxAccessTokenValidity} seconds, or -1 for the longest.");
    }
}
