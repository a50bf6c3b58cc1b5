using Tollgate.Model;
using Tollgate.SignIn.Approvals;
using Tollgate.Storage.Users;
using Tollgate.Storage.Workflows;

namespace Tollgate.DevPortal.Join;

/// <summary>Makes accounts, or asks for them where the organization wants an approval.</summary>
internal sealed class SignUpApprovals(ApprovalRequests approvals, WorkflowStore workflows, UserStore users)
{
    /// <summary>True when the account may be used; false when it waits with a role that opens nothing.</summary>
    public async Task<bool> CreateAsync(User user)
    {
        var task = await approvals.ForAsync(
            user.Organization, user.Name, WorkflowType.SignUp, user.Id, $"Approve the account of {user.Name}", ("tenantDomain", user.Organization));
        if (task is null)
        {
            await users.CreateAsync(user);
            return true;
        }

        // The request first: what breaks off between the two databases leaves a request to reject, and nobody without one.
        await workflows.RequestAsync(task with { Payload = ModelJson.Write(user.Roles) });
        try
        {
            await users.CreateAsync(user with { Roles = [Role.PendingSignUp] });
        }
        catch (Refusal)
        {
            await workflows.WithdrawAsync(user.Organization, WorkflowType.SignUp, user.Id);
            throw;
        }

        // Rejected before there was an account: nobody would decide about it any more.
        if ((await workflows.FindAsync(user.Organization, task.Id))?.Status == WorkflowTask.Rejected)
        {
            await users.DeleteAsync(user);
            throw Refusal.Forbidden("The account was not approved.");
        }

        return false;
    }
}
