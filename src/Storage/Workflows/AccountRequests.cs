using Tollgate.Model;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Users;

namespace Tollgate.Storage.Workflows;

/// <summary>Accounts that wait for approval, and what a decision makes of them.</summary>
/// <remarks>
/// The decision is made in apim_db, where only one can win, and noted there with its own transaction. The account in shared_db follows the note;
/// following it twice is harmless, so that a crash between the two databases only repeats it.
/// </remarks>
public sealed class AccountRequests(ApimDatabase database, UserStore users)
{
    /// <summary>Refuses to approve an account that is not there (yet).</summary>
    internal async Task RefuseMissingAsync(WorkflowTask task)
    {
        if (await users.FindAsync(task.Organization, task.Subject) is null)
        {
            throw Refusal.NotFound(404, "user", task.RequestedBy);
        }
    }

    /// <summary>Notes a decision inside its transaction.</summary>
    internal static Task<int> NoteAsync(Transaction db, WorkflowTask task, bool approved) => db.ExecuteAsync(
        "INSERT INTO account_decisions (id, organization, user_id, approved, roles) VALUES (@Id, @Organization, @Subject, @approved, @Payload)",
        new { task.Id, task.Organization, task.Subject, approved = approved ? 1 : 0, task.Payload });

    /// <summary>Lets the accounts follow all decisions that are noted.</summary>
    public async Task SettleAsync()
    {
        foreach (var note in await database.ReadAsync(db => db.ListAsync<Note>("SELECT id, organization, user_id, approved, roles FROM account_decisions")))
        {
            await FollowAsync(note);
            await database.WriteAsync(db => db.ExecuteAsync("DELETE FROM account_decisions WHERE id = @Id", note));
        }
    }

    private async Task FollowAsync(Note note)
    {
        var user = await users.FindAsync(note.Organization, note.UserId);
        if (user is not null && note.Approved == 0)
        {
            await users.DeleteAsync(user);
        }

        // Whoever has got other roles by now keeps them: the note was followed before.
        if (user is not null && note.Approved != 0 && user.Roles.Contains(Role.PendingSignUp))
        {
            await users.UpdateRolesAsync(user with { Roles = ModelJson.Read<IReadOnlyList<string>>(note.Roles) });
        }
    }

    private sealed record Note
    {
        public string Id { get; init; } = "";

        public string Organization { get; init; } = "";

        public string UserId { get; init; } = "";

        public long Approved { get; init; }

        public string Roles { get; init; } = "";
    }
}
