using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Publish;

/// <summary>Where an API stands in its lifecycle, as the REST contract shows it.</summary>
internal sealed record LifecycleStateResource(
    string State, IReadOnlyList<ChecklistItem> CheckItems, IReadOnlyList<TransitionResource> AvailableTransitions)
{
    public static LifecycleStateResource Of(Api api) => new(
        Label(api.State),
        Lifecycle.Offered(api.State).Any(step => step.To == LifecycleState.Published) && api.State != LifecycleState.Blocked
            ? [new ChecklistItem(ChangeLifecycle.DeprecateOlder, false, []), new ChecklistItem(ChangeLifecycle.RequireResubscription, false, [])]
            : [],
        [.. Lifecycle.Offered(api.State).Select(step => new TransitionResource(step.Action, Label(step.To)))]);

    // The contract writes states with a capital here and in capitals elsewhere.
    private static string Label(LifecycleState state) => state.ToString();
}

/// <summary>An item of the checklist.</summary>
internal sealed record ChecklistItem(string Name, bool Value, IReadOnlyList<string> RequiredStates);

/// <summary>A step that is possible now.</summary>
internal sealed record TransitionResource(string Event, string TargetState);

/// <summary>The answer to a lifecycle action.</summary>
internal sealed record LifecycleAnswer(string WorkflowStatus, LifecycleStateResource LifecycleState);

/// <summary>One entry of the lifecycle history.</summary>
internal sealed record LifecycleHistoryItem(string? PreviousState, string PostState, string User, string UpdatedTime)
{
    public static LifecycleHistoryItem Of(LifecycleChange change) =>
        new(change.PreviousState, change.NewState, change.ChangedBy, RestTime.DateTime(change.ChangedAt));
}
