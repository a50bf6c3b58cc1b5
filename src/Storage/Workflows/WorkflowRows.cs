using Tollgate.Model;

namespace Tollgate.Storage.Workflows;

/// <summary>A row of workflow_tasks as the driver fills it, and the ways a task begins and ends inside somebody's transaction.</summary>
internal sealed record WorkflowRow
{
    public const string Columns =
        "id, organization, task_type, status, subject, application_id, api_id, requested_by, description, properties, payload, created_at, updated_at";

    public string Id { get; init; } = "";

    public string Organization { get; init; } = "";

    public string TaskType { get; init; } = "";

    public string Status { get; init; } = "";

    public string Subject { get; init; } = "";

    public string? ApplicationId { get; init; }

    public string? ApiId { get; init; }

    public string RequestedBy { get; init; } = "";

    public string Description { get; init; } = "";

    public string Properties { get; init; } = "";

    public string Payload { get; init; } = "";

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public WorkflowTask ToTask() => new()
    {
        Id = Id,
        Organization = Organization,
        Type = EnumText<WorkflowType>.Parse(TaskType),
        Status = Status,
        Subject = Subject,
        ApplicationId = ApplicationId,
        ApiId = ApiId,
        RequestedBy = RequestedBy,
        Description = Description,
        Properties = ModelJson.Read<IReadOnlyDictionary<string, string>>(Properties),
        Payload = Payload,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}

/// <summary>Tasks inside somebody's transaction.</summary>
internal static class WorkflowRows
{
    /// <summary>Saves a request; null takes effect at once and leaves nothing. Refused while one like it waits.</summary>
    public static async Task AddAsync(Transaction db, WorkflowTask? task)
    {
        if (task is null)
        {
            return;
        }

        var arguments = new
        {
            task.Id, task.Organization, type = EnumText<WorkflowType>.Of(task.Type), task.Status, key = WaitingKey(task.Type, task.Subject),
            task.Subject, task.ApplicationId, task.ApiId, task.RequestedBy, task.Description, properties = ModelJson.Write(task.Properties),
            task.Payload, task.CreatedAt,
        };
        if (await db.AnyAsync("SELECT 1 FROM workflow_tasks WHERE organization = @Organization AND waiting_key = @key", arguments))
        {
            throw Refusal.Conflict(900550, "Request pending", "Such a request waits for approval already. Wait for its decision, or withdraw it.");
        }

        await db.ExecuteAsync(
            """
            INSERT INTO workflow_tasks (id, organization, task_type, status, waiting_key, subject, application_id, api_id, requested_by, description,
                                        properties, payload, created_at, updated_at)
            VALUES (@Id, @Organization, @type, @Status, @key, @Subject, @ApplicationId, @ApiId, @RequestedBy, @Description,
                    @properties, @Payload, @CreatedAt, @CreatedAt)
            """,
            arguments);
    }

    /// <summary>Takes a request back; false when none waits.</summary>
    public static async Task<bool> WithdrawAsync(Transaction db, string organization, WorkflowType type, string subject) => await db.ExecuteAsync(
        "DELETE FROM workflow_tasks WHERE organization = @organization AND waiting_key = @key",
        new { organization, key = WaitingKey(type, subject) }) > 0;

    public static Task<int> RemoveOfApplicationAsync(Transaction db, string id) =>
        db.ExecuteAsync("DELETE FROM workflow_tasks WHERE application_id = @id", new { id });

    public static Task<int> RemoveOfApiAsync(Transaction db, string id) =>
        db.ExecuteAsync("DELETE FROM workflow_tasks WHERE api_id = @id", new { id });

    public static Task<int> RemoveOfSubjectAsync(Transaction db, string subject) =>
        db.ExecuteAsync("DELETE FROM workflow_tasks WHERE subject = @subject", new { subject });

    private static string WaitingKey(WorkflowType type, string subject) => $"{EnumText<WorkflowType>.Of(type)}:{subject}";
}
