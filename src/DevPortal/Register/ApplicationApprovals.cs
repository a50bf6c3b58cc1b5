using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Approvals;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Workflows;

namespace Tollgate.DevPortal.Register;

/// <summary>Makes and deletes applications, or asks for it where the organization wants an approval.</summary>
internal sealed class ApplicationApprovals(ApprovalRequests approvals, ApplicationRequests requests, ApplicationStore applications)
{
    /// <summary>The application as it is saved: approved, or waiting and of no use yet.</summary>
    public async Task<Application> CreateAsync(Caller caller, Application application)
    {
        var task = await approvals.ForAsync(
            caller, WorkflowType.ApplicationCreation, application.Id,
            $"Approve the application [{application.Name}] of {caller.UserName} with the policy {application.ThrottlingPolicy}",
            ("applicationName", application.Name), ("tier", application.ThrottlingPolicy), ("description", application.Description));
        if (task is null)
        {
            await applications.CreateAsync(application);
            return application;
        }

        var waiting = application with { Status = WorkflowTask.Created };
        await applications.CreateAsync(waiting, task with { ApplicationId = application.Id });
        return waiting;
    }

    /// <summary>The application as it is now: changed, or as it was while the change waits.</summary>
    public async Task<Application> ChangeAsync(Caller caller, Application stored, Application wanted)
    {
        if (stored.Status is WorkflowTask.Created or Application.UpdatePending or Application.DeletePending)
        {
            throw Refusal.Conflict(900550, "Request pending", $"The application is {stored.Status}; change it after the decision.");
        }

        var task = await approvals.ForAsync(
            caller, WorkflowType.ApplicationUpdate, stored.Id, $"Approve the change of the application [{stored.Name}] of {stored.Owner}",
            ("applicationName", stored.Name), ("change", Difference(stored, wanted)));
        // Nobody uses what was rejected.
        if (task is null || !Application.MayBeUsed(stored.Status))
        {
            var changed = stored.Status == Application.UpdateRejected ? wanted with { Status = Application.Approved } : wanted;
            await applications.UpdateAsync(changed);
            return changed;
        }

        await requests.AskAsync(stored, Application.UpdatePending, task with { ApplicationId = stored.Id, Payload = ModelJson.Write(wanted) });
        return stored with { Status = Application.UpdatePending };
    }

    /// <summary>True when the application is gone; false when its deletion waits now.</summary>
    public async Task<bool> DeleteAsync(Caller caller, Application application)
    {
        if (application.Status == Application.DeletePending)
        {
            throw Refusal.BadRequest("The deletion of the application waits for approval already.", 900550);
        }

        var task = await approvals.ForAsync(
            caller, WorkflowType.ApplicationDeletion, application.Id, $"Approve the deletion of the application [{application.Name}]",
            ("applicationName", application.Name), ("owner", application.Owner));
        // Nobody used what was never approved.
        if (task is null || !Application.MayBeUsed(application.Status))
        {
            await applications.DeleteAsync(application);
            return true;
        }

        await requests.AskAsync(application, Application.DeletePending, task with { ApplicationId = application.Id });
        return false;
    }

    // What was and what is wanted, for whoever decides.
    private static string Difference(Application stored, Application wanted)
    {
        (string Name, string? Was, string? Wanted)[] fields =
        [
            ("name", stored.Name, wanted.Name),
            ("throttlingPolicy", stored.ThrottlingPolicy, wanted.ThrottlingPolicy),
            ("description", stored.Description, wanted.Description),
            ("tokenType", stored.TokenType, wanted.TokenType),
            ("groups", string.Join(' ', stored.Groups), string.Join(' ', wanted.Groups)),
            ("attributes", ModelJson.Write(stored.Attributes), ModelJson.Write(wanted.Attributes)),
        ];
        return string.Join("; ", fields.Where(field => (field.Was ?? "") != (field.Wanted ?? ""))
            .Select(field => $"{field.Name}: '{field.Was}' to '{field.Wanted}'"));
    }
}
