namespace Tollgate.KeyManager.Issue;

/// <summary>One way to obtain an access token (RFC 6749 section 1.3).</summary>
internal interface IGrant
{
    /// <summary>The value of <c>grant_type</c>.</summary>
    string Type { get; }

    Task<TokenAnswer> IssueAsync(Client client, OAuthRequest request);
}
