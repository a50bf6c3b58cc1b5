using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Approvals;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Workflows;

namespace Tollgate.DevPortal.Subscribe;

/// <summary>Makes, changes and ends subscriptions, or asks for it where the organization wants an approval.</summary>
internal sealed class SubscriptionApprovals(
    ApprovalRequests approvals, SubscriptionRequests requests, SubscriptionStore subscriptions, ApplicationStore applications)
{
    /// <summary>The subscriptions as they are saved: open, or on hold until they are approved.</summary>
    public async Task<IReadOnlyList<Subscription>> CreateAsync(Caller caller, IReadOnlyList<Subscription> wanted)
    {
        List<Subscription> saved = [];
        List<WorkflowTask> tasks = [];
        foreach (var subscription in wanted)
        {
            var task = await TaskAsync(caller, WorkflowType.SubscriptionCreation, subscription, subscription.Plan);
            saved.Add(task is null ? subscription : subscription with { State = SubscriptionState.OnHold });
            tasks.AddRange(task is null ? [] : [task]);
        }

        await subscriptions.CreateAsync(saved, tasks);
        return saved;
    }

    /// <summary>The subscription as it is now: with the new plan, or with the old one while the new one waits.</summary>
    public async Task<Subscription> ChangePlanAsync(Caller caller, Subscription subscription, string plan)
    {
        RefusePending(subscription);
        if (plan == subscription.Plan || await TaskAsync(caller, WorkflowType.SubscriptionUpdate, subscription, plan) is not { } task)
        {
            await subscriptions.ChangePlanAsync(subscription, plan);
            return subscription with { Plan = plan };
        }

        if (IsBlocked(subscription))
        {
            throw Refusal.Conflict(409, "Subscription blocked", "The publisher blocked the subscription; its plan cannot be changed meanwhile.");
        }

        await requests.AskAsync(subscription, SubscriptionState.PlanUpdatePending, task with { Payload = plan });
        return subscription with { State = SubscriptionState.PlanUpdatePending };
    }

    /// <summary>True when the subscription is gone; false when its end waits now.</summary>
    public async Task<bool> DeleteAsync(Caller caller, Subscription subscription)
    {
        if (subscription.State == SubscriptionState.DeletePending)
        {
            throw Refusal.BadRequest("The end of the subscription waits for approval already.", 900550);
        }

        // Only what may be used waits for its end; a request that was never approved is taken back by deleting it.
        if (subscription.State is SubscriptionState.OnHold or SubscriptionState.Rejected || IsBlocked(subscription)
            || await TaskAsync(caller, WorkflowType.SubscriptionDeletion, subscription, subscription.Plan) is not { } task)
        {
            await subscriptions.DeleteAsync(subscription);
            return true;
        }

        RefusePending(subscription);
        await requests.AskAsync(subscription, SubscriptionState.DeletePending, task);
        return false;
    }

    // A pending state lets calls through and a decision ends in UNBLOCKED: what a publisher blocked must not get there.
    private static bool IsBlocked(Subscription subscription) =>
        subscription.State is SubscriptionState.Blocked or SubscriptionState.ProductionBlocked;

    private static void RefusePending(Subscription subscription)
    {
        if (subscription.State is SubscriptionState.OnHold or SubscriptionState.PlanUpdatePending or SubscriptionState.DeletePending)
        {
            throw Refusal.Conflict(900550, "Request pending", "The subscription waits for an approval; change it after the decision.");
        }
    }

    private async Task<WorkflowTask?> TaskAsync(Caller caller, WorkflowType type, Subscription subscription, string plan)
    {
        var application = await applications.FindAsync(subscription.Organization, subscription.ApplicationId);
        var task = await approvals.ForAsync(
            caller, type, subscription.Id, $"Approve for the application [{application?.Name}] of {caller.UserName}: {Sentence(type)} {plan}",
            ("applicationName", application?.Name), ("apiId", subscription.ApiId), ("tier", subscription.Plan), ("requestedTier", plan));
        return task is null ? null : task with { ApplicationId = subscription.ApplicationId, ApiId = subscription.ApiId };
    }

    private static string Sentence(WorkflowType type) => type switch
    {
        WorkflowType.SubscriptionCreation => "subscribe under the plan",
        WorkflowType.SubscriptionUpdate => "change to the plan",
        _ => "end the subscription under the plan",
    };
}
