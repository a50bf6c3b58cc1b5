using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Tokens;

namespace Tollgate.Storage.Users;

/// <summary>Carries what happened in shared_db over to apim_db, where gateways follow it.</summary>
/// <remarks>
/// The row is written with the change itself, so that it cannot be lost; applying it twice is harmless, so that a crash between the two
/// databases only repeats it.
/// </remarks>
public sealed class OutboxRelay(SharedDatabase shared, ApimDatabase apim, TimeProvider time)
{
    private const string UserTokensEnded = "user-tokens-ended";

    /// <summary>Notes that a user's tokens issued so far must be refused.</summary>
    internal Task<int> EnqueueAsync(Transaction db, string subject) => db.ExecuteAsync(
        "INSERT INTO outbox (id, kind, payload, created_at) VALUES (@id, @kind, @subject, @now)",
        new
        {
            id = Guid.CreateVersion7(time.GetUtcNow()).ToString(), kind = UserTokensEnded, subject,
            now = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });

    /// <summary>Applies every note that waits; returns how many there were.</summary>
    public async Task<int> RelayAsync()
    {
        var waiting = await shared.ReadAsync(db => db.ListAsync<Note>("SELECT id, payload FROM outbox ORDER BY created_at, id"));
        foreach (var note in waiting)
        {
            // The present, which is after the change's commit: a token that was being issued meanwhile is dated before it.
            var notBefore = time.GetUtcNow().ToUnixTimeSeconds();
            var revocation = new Revocation(RevocationKind.User, note.Payload, notBefore, notBefore + Credential.MaxAccessTokenValidity);
            await apim.ChangeAsync(db => RevocationRows.PutAsync(db, revocation));
            await shared.WriteAsync(db => db.ExecuteAsync("DELETE FROM outbox WHERE id = @Id", note));
        }

        return waiting.Count;
    }

    private sealed record Note
    {
        public string Id { get; init; } = "";

        /// <summary>The user's subject.</summary>
        public string Payload { get; init; } = "";
    }
}
