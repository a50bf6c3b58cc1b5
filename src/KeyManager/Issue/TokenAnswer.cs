namespace Tollgate.KeyManager.Issue;

/// <summary>A successful answer of the token endpoint (RFC 6749 section 5.1).</summary>
internal sealed record TokenAnswer(string AccessToken, long ExpiresIn, string Scope, string? RefreshToken);
