using Tollgate.Model;
using Tollgate.Storage.Users;

namespace Tollgate.Storage.Workflows;

/// <summary>Accounts that wait for approval, and what a decision makes of them. Deciding the same twice is harmless.</summary>
public sealed class AccountRequests(UserStore users)
{
    internal async Task DecideAsync(WorkflowTask task, bool approved)
    {
        var user = await users.FindAsync(task.Organization, task.Subject);
        if (approved)
        {
            await users.UpdateRolesAsync((user ?? throw Refusal.NotFound(404, "user", task.RequestedBy)) with
            {
                Roles = ModelJson.Read<IReadOnlyList<string>>(task.Payload),
            });
        }
        else if (user is not null)
        {
            await users.DeleteAsync(user);
        }
    }
}
