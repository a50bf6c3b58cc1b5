using Tollgate.Model;
using Tollgate.Storage.Apis;

namespace Tollgate.Storage.Workflows;

/// <summary>A lifecycle step that waits, with what was required of the API when it was asked for.</summary>
public sealed record WaitingStep(string Action, Succession Succession)
{
    public IReadOnlyList<string> RequiredProperties { get; init; } = [];
}

/// <summary>What follows from a decision, per kind of request, inside the decision's transaction.</summary>
public sealed class WorkflowEffects(
    ApplicationRequests applications, SubscriptionRequests subscriptions, LifecycleStore lifecycle, RevisionStore revisions)
{
    internal Task ApplyAsync(RuntimeTransaction db, WorkflowTask task, bool approved) => task.Type switch
    {
        WorkflowType.ApplicationCreation or WorkflowType.ApplicationUpdate or WorkflowType.ApplicationDeletion =>
            applications.DecideAsync(db, task, approved),
        WorkflowType.ProductionKeys or WorkflowType.SandboxKeys => approved ? KeyRequests.IssueAsync(db, task) : Task.CompletedTask,
        WorkflowType.SubscriptionCreation or WorkflowType.SubscriptionUpdate or WorkflowType.SubscriptionDeletion =>
            subscriptions.DecideAsync(db, task, approved),
        WorkflowType.ApiState or WorkflowType.ProductState => approved ? StepAsync(db, task) : Task.CompletedTask,
        WorkflowType.SignUp => AccountRequests.NoteAsync(db, task, approved),
        _ => approved ? revisions.DeployAsync(db, [ModelJson.Read<Deployment>(task.Payload)], task.RequestedBy) : Task.CompletedTask,
    };

    // The API may have moved on since the request: the step may not exist any more, or the API not be ready for it. Then approving is refused with
    // the reason.
    private async Task StepAsync(RuntimeTransaction db, WorkflowTask task)
    {
        var waiting = ModelJson.Read<WaitingStep>(task.Payload);
        var api = (await db.FirstAsync<ApiRow>($"SELECT {ApiRow.Columns} FROM apis WHERE id = @Subject", task))?.ToApi()
            ?? throw Refusal.NotFound(900308, "API", task.Subject);
        var step = Lifecycle.Take(api.State, waiting.Action);
        Lifecycle.RefuseUnready(step, api, waiting.RequiredProperties);
        await lifecycle.ChangeAsync(db, api, step, task.RequestedBy, waiting.Succession);
    }
}
