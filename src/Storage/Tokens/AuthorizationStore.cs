using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Tokens;

/// <summary>What a resource owner granted to a client; refresh tokens continue it.</summary>
public sealed record Authorization
{
    public string Id { get; init; } = "";

    public string Organization { get; init; } = "";

    public string ConsumerKey { get; init; } = "";

    /// <summary>The user, as tokens name him.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Granted scopes, separated by spaces.</summary>
    public string Scopes { get; init; } = "";

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix second until which a refresh token can continue it.</summary>
    public long ExpiresAt { get; init; }
}

/// <summary>What came of presenting a refresh token.</summary>
public enum RefreshOutcome
{
    Rotated,
    Unknown,

    /// <summary>It was used before: its authorization has been ended.</summary>
    Reused,
}

/// <summary>Authorizations and their refresh tokens.</summary>
public sealed class AuthorizationStore(ApimDatabase database, TimeProvider time)
{
    private const string Columns = "id, organization, consumer_key, subject, scopes, created_at, expires_at";

    public Task CreateAsync(Authorization authorization, string refreshTokenHash) => database.WriteBesideAsync(async db =>
    {
        await db.ExecuteAsync(
            """
            INSERT INTO authorizations (id, organization, consumer_key, subject, scopes, created_at, expires_at)
            VALUES (@Id, @Organization, @ConsumerKey, @Subject, @Scopes, @CreatedAt, @ExpiresAt)
            """,
            authorization);
        return await InsertTokenAsync(db, authorization.Id, refreshTokenHash, authorization.ExpiresAt);
    });

    public Task<Authorization?> FindByRefreshTokenAsync(string tokenHash) => database.ReadAsync(db => db.FirstAsync<Authorization>(
        $"SELECT {Columns} FROM authorizations WHERE id = (SELECT authorization_id FROM refresh_tokens WHERE token_hash = @tokenHash)",
        new { tokenHash }));

    /// <summary>The authorization that this refresh token could continue right now, or null.</summary>
    public Task<Authorization?> FindUsableAsync(string tokenHash) => database.ReadAsync(db => db.FirstAsync<Authorization>(
        $"""
        SELECT {Columns} FROM authorizations WHERE id = (
            SELECT authorization_id FROM refresh_tokens WHERE token_hash = @tokenHash AND used = 0 AND expires_at > @now)
        """,
        new { tokenHash, now = time.GetUtcNow().ToUnixTimeSeconds() }));

    /// <summary>
    /// Redeems a refresh token once and puts the next in its place. A second use means that the token leaked (RFC 9700 section 4.14.2), so
    /// it ends the authorization for both holders.
    /// </summary>
    public async Task<RefreshOutcome> RotateAsync(string tokenHash, string nextHash, long nextExpiresAt)
    {
        var rotated = await database.WriteBesideAsync(async db =>
        {
            // Use and replacement are one statement sequence under one row lock: of any number of parallel uses exactly one sees 1 here.
            var used = await db.ExecuteAsync(
                "UPDATE refresh_tokens SET used = 1 WHERE token_hash = @tokenHash AND used = 0 AND expires_at > @now",
                new { tokenHash, now = time.GetUtcNow().ToUnixTimeSeconds() });
            if (used == 0)
            {
                return false;
            }

            var id = await db.FirstAsync<string>(
                "SELECT authorization_id FROM refresh_tokens WHERE token_hash = @tokenHash", new { tokenHash });
            await db.ExecuteAsync("UPDATE authorizations SET expires_at = @nextExpiresAt WHERE id = @id", new { id, nextExpiresAt });
            return await InsertTokenAsync(db, id!, nextHash, nextExpiresAt) == 1;
        });
        if (rotated)
        {
            return RefreshOutcome.Rotated;
        }

        var wasUsed = await database.ReadAsync(db => db.AnyAsync(
            "SELECT 1 FROM refresh_tokens WHERE token_hash = @tokenHash AND used = 1", new { tokenHash }));
        if (!wasUsed || await FindByRefreshTokenAsync(tokenHash) is not { } authorization)
        {
            return RefreshOutcome.Unknown;
        }

        await EndAsync(authorization.Id);
        return RefreshOutcome.Reused;
    }

    /// <summary>Ends an authorization: its refresh tokens are gone, its access tokens are refused from now on.</summary>
    public Task EndAsync(string id) => database.ChangeAsync(async db =>
    {
        await AuthorizationRows.RemoveOneAsync(db, id);
        var expiresAt = time.GetUtcNow().ToUnixTimeSeconds() + Credential.MaxAccessTokenValidity;
        return await RevocationRows.PutAsync(db, new Revocation(RevocationKind.Authorization, id, 0, expiresAt));
    });

    private static Task<int> InsertTokenAsync(Transaction db, string authorizationId, string tokenHash, long expiresAt) => db.ExecuteAsync(
        """
        INSERT INTO refresh_tokens (token_hash, authorization_id, used, expires_at) VALUES (@tokenHash, @authorizationId, 0, @expiresAt)
        """,
        new { tokenHash, authorizationId, expiresAt });
}
