using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Tokens;

/// <summary>Opaque access tokens, by their SHA-256.</summary>
public sealed class AccessTokenStore(ApimDatabase database, TimeProvider time)
{
    public Task CreateAsync(string hash, RuntimeToken token) => database.WriteBesideAsync(db => db.ExecuteAsync(
        """
        INSERT INTO access_tokens (token_hash, consumer_key, subject, is_user, authorization_id, scopes, issued_at, expires_at)
        VALUES (@hash, @ConsumerKey, @Subject, @isUser, @AuthorizationId, @scopes, @IssuedAt, @ExpiresAt)
        """,
        new
        {
            hash, token.ConsumerKey, token.Subject, token.AuthorizationId, token.IssuedAt, token.ExpiresAt,
            isUser = token.IsUser ? 1 : 0, scopes = string.Join(' ', token.Scopes),
        }));

    /// <summary>The token, unless it has ended.</summary>
    public async Task<RuntimeToken?> FindAsync(string hash) => (await database.ReadAsync(db => db.FirstAsync<Row>(
        """
        SELECT consumer_key, subject, is_user, authorization_id, scopes, issued_at, expires_at FROM access_tokens
        WHERE token_hash = @hash AND expires_at > @now
        """,
        new { hash, now = time.GetUtcNow().ToUnixTimeSeconds() })))?.ToToken();

    /// <summary>Ends a token; gateways that know it already learn of it in the feed.</summary>
    public Task RevokeAsync(string hash, long expiresAt) => database.ChangeAsync(async db =>
    {
        await db.ExecuteAsync("DELETE FROM access_tokens WHERE token_hash = @hash", new { hash });
        return await RevocationRows.PutAsync(db, new Revocation(RevocationKind.Token, hash, 0, expiresAt));
    });

    private sealed record Row
    {
        public string ConsumerKey { get; init; } = "";

        public string Subject { get; init; } = "";

        public long IsUser { get; init; }

        public string? AuthorizationId { get; init; }

        public string Scopes { get; init; } = "";

        public long IssuedAt { get; init; }

        public long ExpiresAt { get; init; }

        public RuntimeToken ToToken() => new(
            ConsumerKey, Subject, IsUser != 0, AuthorizationId, Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), IssuedAt, ExpiresAt);
    }
}
