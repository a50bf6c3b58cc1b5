using Tollgate.Model;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Workflows;

/// <summary>Keys that wait for approval: there is no credential, and nothing to get tokens with, before it.</summary>
public sealed class KeyRequests(ApimDatabase database)
{
    /// <summary>An application's newest request per key type that was not approved, with its status.</summary>
    public async Task<IReadOnlyList<(Credential Credential, string Status)>> ListAsync(string applicationId) =>
        [
            .. (await database.ReadAsync(db => db.ListAsync<WorkflowRow>(
                $"""
                SELECT {WorkflowRow.Columns} FROM workflow_tasks
                WHERE application_id = @applicationId AND task_type IN @types AND status <> 'APPROVED' ORDER BY created_at DESC, id DESC
                """,
                new { applicationId, types = Types })))
                .DistinctBy(row => row.TaskType).Select(row => (ModelJson.Read<Credential>(row.Payload), row.Status)),
        ];

    /// <summary>Takes an application's requests for keys of a type back, and forgets the rejected ones; false when there were none.</summary>
    public async Task<bool> RemoveAsync(Credential credential) => await database.WriteAsync(db => db.ExecuteAsync(
        "DELETE FROM workflow_tasks WHERE application_id = @ApplicationId AND task_type = @type AND status <> 'APPROVED'",
        new { credential.ApplicationId, type = EnumText<WorkflowType>.Of(WorkflowTypes.OfKeys(credential.KeyType)) })) > 0;

    // What was rejected before is forgotten: the keys are there now.
    internal static async Task<int> IssueAsync(RuntimeTransaction db, WorkflowTask task)
    {
        await db.ExecuteAsync(
            "DELETE FROM workflow_tasks WHERE application_id = @ApplicationId AND task_type = @type AND status = 'REJECTED'",
            new { task.ApplicationId, type = EnumText<WorkflowType>.Of(task.Type) });
        return await CredentialStore.AddAsync(db, ModelJson.Read<Credential>(task.Payload));
    }

    private static IEnumerable<string> Types => [EnumText<WorkflowType>.Of(WorkflowType.ProductionKeys), EnumText<WorkflowType>.Of(WorkflowType.SandboxKeys)];
}
