using Tollgate.Security.Secrets;
using Tollgate.SignIn.Passwords;
using Tollgate.Storage.Tokens;

namespace Tollgate.KeyManager.Issue;

/// <summary>A user's name and password through a trusted application (RFC 6749 section 4.3).</summary>
internal sealed class PasswordGrant(
    PasswordSignIn signIn, UserTokens userTokens, AuthorizationStore authorizations, KeyManagerOptions options, TimeProvider time) : IGrant
{
    private const string Refused = "The user name or password is wrong, or the user may not sign in.";

    public string Type => "password";

    public async Task<TokenAnswer> IssueAsync(Client client, OAuthRequest request)
    {
        var organization = client.Application.Organization;
        var name = request.Need("username");
        var suffix = "@" + organization;
        // Before the password is checked: one that is changed meanwhile ends this authorization too.
        var createdAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        var user = await signIn.CheckAsync(
            organization, name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) ? name[..^suffix.Length] : name, request.Need("password"))
            ?? throw OAuthError.InvalidGrant(Refused);
        var authorization = new Authorization
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Organization = organization,
            ConsumerKey = client.Credential.ConsumerKey,
            Subject = user.Subject,
            CreatedAt = createdAt,
            ExpiresAt = options.RefreshTokenExpiry(client, time.GetUtcNow()),
        };
        var issued = await userTokens.IssueAsync(client, authorization, request.Find("scope")) ?? throw OAuthError.InvalidGrant(Refused);
        var granted = string.Join(' ', issued.Scopes);
        if (!client.MayUse(RefreshTokenGrant.GrantType))
        {
            return new TokenAnswer(issued.Token, issued.ExpiresIn, granted, null);
        }

        var refreshToken = GeneratedSecret.New();
        await authorizations.CreateAsync(authorization with { Scopes = granted }, GeneratedSecret.Hash(refreshToken));
        return new TokenAnswer(issued.Token, issued.ExpiresIn, granted, refreshToken);
    }
}
