namespace Tollgate.KeyManager;

/// <summary>A request that the OAuth server turned down, in the terms of RFC 6749 section 5.2.</summary>
internal sealed class OAuthError(int status, string error, string description) : Exception(description)
{
    public int Status { get; } = status;

    /// <summary>The RFC's error code, for example <c>invalid_grant</c>.</summary>
    public string Error { get; } = error;

    /// <summary>Set when the client tried Basic authentication and must be told so (RFC 6749 section 5.2).</summary>
    public bool Challenge { get; init; }

    public static OAuthError InvalidRequest(string description) => new(400, "invalid_request", description);

    public static OAuthError InvalidGrant(string description) => new(400, "invalid_grant", description);

    public static OAuthError InvalidScope(string description) => new(400, "invalid_scope", description);

    public static OAuthError InvalidClient(bool challenge) =>
        new(401, "invalid_client", "The consumer key or secret is wrong, or the application may not get tokens.")
        {
            Challenge = challenge,
        };
}
