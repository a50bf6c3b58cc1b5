using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Tokens;

/// <summary>Revocations of JWTs, which leave no row of their own when they are issued.</summary>
public sealed class RevocationStore(ApimDatabase database)
{
    public Task RevokeTokenAsync(string jwtId, long expiresAt) =>
        database.ChangeAsync(db => RevocationRows.PutAsync(db, new Revocation(RevocationKind.Token, jwtId, 0, expiresAt)));

    /// <summary>True when a token with these names was revoked. Parts that a token lacks are null.</summary>
    public Task<bool> IsRevokedAsync(string? jwtId, string? authorizationId, string? subject, long issuedAt) => database.ReadAsync(db =>
        db.AnyAsync(
            """
            SELECT 1 FROM revocations
            WHERE id IN (@token, @authorization) OR (id = @user AND not_before >= @issuedAt) LIMIT 1
            """,
            new
            {
                token = RevocationRows.IdOf(RevocationKind.Token, jwtId ?? ""),
                authorization = RevocationRows.IdOf(RevocationKind.Authorization, authorizationId ?? ""),
                user = RevocationRows.IdOf(RevocationKind.User, subject ?? ""),
                issuedAt,
            }));

    /// <summary>The Unix second up to which a user's tokens are refused; 0 for none.</summary>
    public async Task<long> UserNotBeforeAsync(string subject) => await database.ReadAsync(db => db.FirstAsync<long?>(
        "SELECT not_before FROM revocations WHERE id = @id", new { id = RevocationRows.IdOf(RevocationKind.User, subject) })) ?? 0;
}
