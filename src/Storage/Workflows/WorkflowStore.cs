using Tollgate.Model;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Search;

namespace Tollgate.Storage.Workflows;

/// <summary>Which requests a list shows.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Types">Of these kinds; null for all.</param>
/// <param name="Viewer">Whose access to the APIs counts, where a request is about one.</param>
public sealed record WorkflowQuery(string Organization, IReadOnlyList<WorkflowType>? Types, Viewer Viewer)
{
    internal string Where => "organization = @Organization AND status = 'CREATED'"
        + (Types is null ? "" : " AND task_type IN @types")
        + (Viewer.SeesAll ? "" : $" AND {Viewer.Admits("workflow_tasks.api_id")}");

    internal object Arguments(PageRequest page) => new
    {
        Organization, types = (Types ?? []).Select(EnumText<WorkflowType>.Of), purpose = Viewer.Purpose, keys = Viewer.Keys,
        limit = page.Limit, offset = page.Offset,
    };
}

/// <summary>Requests that wait for approval, and their decisions.</summary>
public sealed class WorkflowStore(ApimDatabase database, WorkflowEffects effects, AccountRequests accounts, TimeProvider time)
{
    public async Task<WorkflowTask?> FindAsync(string organization, string id) => (await database.ReadAsync(db => db.FirstAsync<WorkflowRow>(
        $"SELECT {WorkflowRow.Columns} FROM workflow_tasks WHERE id = @id AND organization = @organization", new { id, organization })))?.ToTask();

    /// <summary>Requests that wait, the oldest first.</summary>
    public Task<Page<WorkflowTask>> ListAsync(WorkflowQuery query, PageRequest page) => database.ReadAsync(async db =>
    {
        var (where, arguments) = (query.Where, query.Arguments(page));
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) FROM workflow_tasks WHERE {where}", arguments);
        var rows = await db.ListAsync<WorkflowRow>(
            $"SELECT {WorkflowRow.Columns} FROM workflow_tasks WHERE {where} ORDER BY created_at, id LIMIT @limit OFFSET @offset", arguments);
        return new Page<WorkflowTask>([.. rows.Select(row => row.ToTask())], total);
    });

    /// <summary>The deployments of an API that wait, with the environments they ask for.</summary>
    public async Task<IReadOnlyList<Deployment>> WaitingDeploymentsAsync(string apiId) => [.. (await database.ReadAsync(db => db.ListAsync<string>(
        "SELECT payload FROM workflow_tasks WHERE api_id = @apiId AND status = 'CREATED' AND task_type = @type ORDER BY created_at, id",
        new { apiId, type = EnumText<WorkflowType>.Of(WorkflowType.RevisionDeployment) }))).Select(ModelJson.Read<Deployment>)];

    /// <summary>Saves requests whose effect leaves no mark before it is approved, all or none.</summary>
    public Task RequestAsync(params IReadOnlyList<WorkflowTask> tasks) => database.WriteAsync(async db =>
    {
        foreach (var task in tasks)
        {
            await WorkflowRows.AddAsync(db, task);
        }

        return 0;
    });

    /// <summary>Takes a request back; false when none waits.</summary>
    public Task<bool> WithdrawAsync(string organization, WorkflowType type, string subject) =>
        database.WriteAsync(db => WorkflowRows.WithdrawAsync(db, organization, type, subject));

    /// <summary>Approves or rejects a request: the decision and all that follows from it in this database are one transaction.</summary>
    public async Task DecideAsync(WorkflowTask task, bool approved, string? reason, string decidedBy)
    {
        if (task.Status != WorkflowTask.Created)
        {
            throw Decided();
        }

        if (task.Type == WorkflowType.SignUp && approved)
        {
            await accounts.RefuseMissingAsync(task);
        }

        try
        {
            await database.ChangeAsync(db => DecideAsync(db, task, approved, reason, decidedBy));
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(409, "Taken meanwhile", "Something else has the name or the place that was asked for by now. Reject the request.");
        }

        if (task.Type == WorkflowType.SignUp)
        {
            await accounts.SettleAsync();
        }
    }

    private async Task<int> DecideAsync(RuntimeTransaction db, WorkflowTask task, bool approved, string? reason, string decidedBy)
    {
        var decided = await db.ExecuteAsync(
            """
            UPDATE workflow_tasks SET status = @status, waiting_key = id, decided_by = @decidedBy, decision = @reason, updated_at = @now
            WHERE id = @Id AND status = 'CREATED'
            """,
            new
            {
                task.Id, status = approved ? WorkflowTask.Approved : WorkflowTask.Rejected, decidedBy, reason,
                now = time.GetUtcNow().ToUnixTimeMilliseconds(),
            });
        if (decided == 0)
        {
            throw Decided();
        }

        await effects.ApplyAsync(db, task, approved);
        return 0;
    }

    private static Refusal Decided() => Refusal.BadRequest("The request was decided already, or taken back; a decision is made once.", 900552);
}
