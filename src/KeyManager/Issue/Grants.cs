namespace Tollgate.KeyManager.Issue;

/// <summary>The grants that the token endpoint offers, written once.</summary>
internal sealed class Grants(ClientCredentialsGrant clientCredentials, PasswordGrant password, RefreshTokenGrant refreshToken)
{
    public IReadOnlyList<IGrant> All { get; } = [clientCredentials, password, refreshToken];

    public IGrant Need(string type) => All.FirstOrDefault(grant => grant.Type == type) ?? throw new OAuthError(
        400, "unsupported_grant_type", $"Supported: {string.Join(", ", All.Select(grant => grant.Type))}.");
}
