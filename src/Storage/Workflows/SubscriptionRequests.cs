using Tollgate.Model;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Workflows;

/// <summary>Changes of subscriptions that wait for approval: the state meanwhile, and what a decision makes of it.</summary>
public sealed class SubscriptionRequests(ApimDatabase database, SubscriptionStore subscriptions)
{
    /// <summary>Marks a subscription as waiting; it goes on as it is until the decision.</summary>
    public Task AskAsync(Subscription subscription, SubscriptionState state, WorkflowTask task) => database.ChangeAsync(async db =>
    {
        await WorkflowRows.AddAsync(db, task);
        var marked = await db.ExecuteAsync(
            """
            UPDATE subscriptions SET state = @state, row_version = row_version + 1, runtime_version = @version
            WHERE id = @Id AND row_version = @RowVersion
            """,
            new { subscription.Id, subscription.RowVersion, state = EnumText<SubscriptionState>.Of(state), version = db.Version });
        return marked > 0 ? marked : throw Refusal.Stale("subscription");
    });

    /// <summary>The state of a subscription that is not blocked: waiting, or open.</summary>
    internal static async Task<SubscriptionState> WaitingStateAsync(Transaction db, string id) => await db.FirstAsync<string>(
        "SELECT task_type FROM workflow_tasks WHERE subject = @id AND status = 'CREATED' ORDER BY created_at DESC", new { id }) is not { } type
        ? SubscriptionState.Unblocked
        : EnumText<WorkflowType>.Parse(type) switch
        {
            WorkflowType.SubscriptionUpdate => SubscriptionState.PlanUpdatePending,
            WorkflowType.SubscriptionDeletion => SubscriptionState.DeletePending,
            _ => SubscriptionState.OnHold,
        };

    internal async Task<int> DecideAsync(RuntimeTransaction db, WorkflowTask task, bool approved)
    {
        if (!await db.AnyAsync("SELECT 1 FROM subscriptions WHERE id = @Subject", task))
        {
            throw Refusal.NotFound(900310, "subscription", task.Subject);
        }

        return (task.Type, approved) switch
        {
            (WorkflowType.SubscriptionDeletion, true) => await subscriptions.RemoveAsync(db, task.Subject),
            (WorkflowType.SubscriptionUpdate, true) => await SetAsync(db, task.Subject, SubscriptionState.Unblocked, task.Payload),
            (WorkflowType.SubscriptionCreation, false) => await SetAsync(db, task.Subject, SubscriptionState.Rejected, null),
            _ => await SetAsync(db, task.Subject, SubscriptionState.Unblocked, null),
        };
    }

    // What the publisher blocked meanwhile stays blocked.
    private static Task<int> SetAsync(RuntimeTransaction db, string id, SubscriptionState state, string? plan) => db.ExecuteAsync(
        """
        UPDATE subscriptions
        SET state = CASE WHEN state IN ('BLOCKED', 'PROD_ONLY_BLOCKED') THEN state ELSE @state END,
            plan = CASE WHEN @plan = '' THEN plan ELSE @plan END, row_version = row_version + 1, runtime_version = @version
        WHERE id = @id
        """,
        new { id, state = EnumText<SubscriptionState>.Of(state), plan = plan ?? "", version = db.Version });
}
