namespace Tollgate.Model.Runtime;

/// <summary>An opaque access token as the key manager vouches for it. A gateway asks once, and judges by its snapshot from then on.</summary>
/// <param name="ConsumerKey">The client it was issued to.</param>
/// <param name="Subject">Whom it speaks for.</param>
/// <param name="IsUser">True when that is a user, false for the application itself.</param>
/// <param name="AuthorizationId">The authorization it belongs to; null for an application's own token.</param>
/// <param name="Scopes">What it permits.</param>
/// <param name="IssuedAt">Unix second.</param>
/// <param name="ExpiresAt">Unix second.</param>
public sealed record RuntimeToken(
    string ConsumerKey, string Subject, bool IsUser, string? AuthorizationId, IReadOnlyList<string> Scopes, long IssuedAt, long ExpiresAt);
