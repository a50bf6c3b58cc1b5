using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Storage.Tokens;

/// <summary>Revocations as rows.</summary>
internal static class RevocationRows
{
    public static string IdOf(RevocationKind kind, string value) => $"{EnumText<RevocationKind>.Of(kind)}:{value}";

    /// <summary>Saves a revocation; one that exists already only becomes stronger.</summary>
    public static async Task<int> PutAsync(RuntimeTransaction db, Revocation revocation)
    {
        var id = IdOf(revocation.Kind, revocation.Value);
        var known = await db.FirstAsync<Row>("SELECT not_before, expires_at FROM revocations WHERE id = @id", new { id });
        await db.ExecuteAsync("DELETE FROM revocations WHERE id = @id", new { id });
        return await db.ExecuteAsync(
            """
            INSERT INTO revocations (id, kind, subject, not_before, expires_at, runtime_version)
            VALUES (@id, @kind, @Value, @notBefore, @expiresAt, @version)
            """,
            new
            {
                id, kind = EnumText<RevocationKind>.Of(revocation.Kind), revocation.Value, version = db.Version,
                // Tokens after the last one are dated at least one second behind it, which may be in the future: those must end too.
                notBefore = revocation.NotBefore == 0 ? 0 : Math.Max(revocation.NotBefore, (known?.NotBefore ?? 0) + 1),
                expiresAt = Math.Max(revocation.ExpiresAt, known?.ExpiresAt ?? 0),
            });
    }

    private sealed record Row
    {
        public long NotBefore { get; init; }

        public long ExpiresAt { get; init; }
    }
}
