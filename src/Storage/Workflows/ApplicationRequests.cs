using Tollgate.Model;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Workflows;

/// <summary>Changes of applications that wait for approval: what the application says meanwhile, and what a decision makes of it.</summary>
public sealed class ApplicationRequests(ApimDatabase database, ApplicationStore applications)
{
    /// <summary>Marks an application as waiting for the change; its values stay until the decision.</summary>
    public Task AskAsync(Application application, string status, WorkflowTask task) => database.ChangeAsync(async db =>
    {
        // Of an application that ends, no change has to be decided any more.
        if (status == Application.DeletePending)
        {
            await WorkflowRows.WithdrawAsync(db, application.Organization, WorkflowType.ApplicationUpdate, application.Id);
        }

        await WorkflowRows.AddAsync(db, task);
        var marked = await db.ExecuteAsync(
            """
            UPDATE applications SET status = @status, row_version = row_version + 1, runtime_version = @version
            WHERE id = @Id AND row_version = @RowVersion
            """,
            new { application.Id, application.RowVersion, status, version = db.Version });
        return marked > 0 ? marked : throw Refusal.Stale("application");
    });

    internal async Task<int> DecideAsync(RuntimeTransaction db, WorkflowTask task, bool approved)
    {
        var stored = (await db.FirstAsync<ApplicationRow>($"SELECT {ApplicationRow.Columns} FROM applications WHERE id = @Subject", task))
            ?.ToApplication() ?? throw Refusal.NotFound(900307, "application", task.Subject);
        return (task.Type, approved) switch
        {
            (WorkflowType.ApplicationCreation, _) => await SetStatusAsync(db, stored, approved ? Application.Approved : WorkflowTask.Rejected),
            (WorkflowType.ApplicationUpdate, true) => await ChangeAsync(db, stored, ModelJson.Read<Application>(task.Payload)),
            (WorkflowType.ApplicationUpdate, false) => await SetStatusAsync(db, stored, Application.UpdateRejected),
            (_, true) => await applications.RemoveAsync(db, stored),
            _ => await SetStatusAsync(db, stored, Application.Approved),
        };
    }

    private static async Task<int> ChangeAsync(RuntimeTransaction db, Application stored, Application wanted)
    {
        var policy = new
        {
            stored.Organization, kind = EnumText<PolicyKind>.Of(PolicyKind.Application), key = NameKey.Of(wanted.ThrottlingPolicy),
        };
        if (!await db.AnyAsync("SELECT 1 FROM throttling_policies WHERE organization = @Organization AND kind = @kind AND name_key = @key", policy))
        {
            throw Refusal.BadRequest($"There is no application policy '{wanted.ThrottlingPolicy}' any more. Reject the request.", 900305);
        }

        // What the owner may edit; who owns it and since when may have changed since.
        return await ApplicationStore.ChangeAsync(db, stored with
        {
            Name = wanted.Name,
            ThrottlingPolicy = wanted.ThrottlingPolicy,
            Description = wanted.Description,
            TokenType = wanted.TokenType,
            Groups = wanted.Groups,
            Attributes = wanted.Attributes,
            UpdatedAt = wanted.UpdatedAt,
            Status = Application.Approved,
        });
    }

    private static Task<int> SetStatusAsync(RuntimeTransaction db, Application application, string status) => db.ExecuteAsync(
        "UPDATE applications SET status = @status, row_version = row_version + 1, runtime_version = @version WHERE id = @Id",
        new { application.Id, status, version = db.Version });
}
