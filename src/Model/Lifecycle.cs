namespace Tollgate.Model;

/// <summary>One step of the lifecycle, named by the text of its action.</summary>
public sealed record LifecycleStep(LifecycleState From, string Action, LifecycleState To);

/// <summary>The lifecycle, written once: which action leads from which state to which.</summary>
public static class Lifecycle
{
    public static readonly IReadOnlyList<LifecycleStep> Steps =
    [
        new(LifecycleState.Created, "Publish", LifecycleState.Published),
        new(LifecycleState.Created, "Deploy as a Prototype", LifecycleState.Prototyped),
        new(LifecycleState.Prototyped, "Publish", LifecycleState.Published),
        new(LifecycleState.Prototyped, "Demote to Created", LifecycleState.Created),
        new(LifecycleState.Prototyped, "Deploy as a Prototype", LifecycleState.Prototyped),
        new(LifecycleState.Published, "Block", LifecycleState.Blocked),
        new(LifecycleState.Published, "Deploy as a Prototype", LifecycleState.Prototyped),
        new(LifecycleState.Published, "Demote to Created", LifecycleState.Created),
        new(LifecycleState.Published, "Deprecate", LifecycleState.Deprecated),
        new(LifecycleState.Published, "Publish", LifecycleState.Published),
        new(LifecycleState.Blocked, "Re-Publish", LifecycleState.Published),
        new(LifecycleState.Blocked, "Deprecate", LifecycleState.Deprecated),
        new(LifecycleState.Deprecated, "Retire", LifecycleState.Retired),
    ];

    /// <summary>The steps offered in a state; a step back to the same state is allowed but not offered.</summary>
    public static IEnumerable<LifecycleStep> Offered(LifecycleState from) => Steps.Where(step => step.From == from && step.To != from);

    /// <summary>The step an action takes, or the refusal that lists what is allowed.</summary>
    public static LifecycleStep Take(LifecycleState from, string action)
    {
        var step = Steps.FirstOrDefault(s => s.From == from && s.Action.Equals(action, StringComparison.Ordinal));
        if (step is not null)
        {
            return step;
        }

        var offered = string.Join(", ", Offered(from).Select(s => $"'{s.Action}'"));
        throw Refusal.BadRequest(
            offered.Length == 0
                ? $"A {from} API is at the end of its life; no action is possible."
                : $"'{action}' is not possible for an API in state {from}. Possible: {offered}.",
            903234);
    }

    /// <summary>Refuses a step that publishes an API for the first time while it could not be called.</summary>
    public static void RefuseUnready(LifecycleStep step, Api api, IReadOnlyList<string> requiredProperties)
    {
        if (IsFirstPublish(step))
        {
            RefuseUnready(api, requiredProperties);
        }
    }

    /// <summary>Refuses an API that could not be called, or lacks an additional property that its organization requires.</summary>
    public static void RefuseUnready(Api api, IReadOnlyList<string> requiredProperties)
    {
        if (!api.IsProduct && !Endpoints.Of(api.Design).Any)
        {
            throw Refusal.BadRequest("The API has no endpoint. Set one (endpointConfig) before you publish it.", 903223);
        }

        // Without OAuth2 an API can do without subscriptions, and so without plans.
        if (api.Design.Policies.Count == 0 && api.Design.SecurityScheme.Contains("oauth2"))
        {
            throw Refusal.BadRequest("The API offers no business plan. Set policies, for example [\"Unlimited\"], before you publish it.", 903224);
        }

        if (api.Design.LacksOf(requiredProperties) is [_, ..] missing)
        {
            throw Refusal.BadRequest(
                $"The organization requires a value of {string.Join(", ", missing)} among the additionalProperties. Set it before you publish the API.",
                903015);
        }
    }

    /// <summary>True when an API becomes open to subscribers that it was not open to before; then it may succeed to an older version.</summary>
    public static bool IsFirstPublish(LifecycleStep step) =>
        step.To == LifecycleState.Published && step.From is LifecycleState.Created or LifecycleState.Prototyped;

    /// <summary>States in which a developer may subscribe.</summary>
    public static bool Subscribable(LifecycleState state) => state is LifecycleState.Published or LifecycleState.Prototyped;

    /// <summary>States that the developer portal lists; deprecated APIs stay reachable for their subscribers.</summary>
    public static bool Listed(LifecycleState state) =>
        state is LifecycleState.Published or LifecycleState.Prototyped or LifecycleState.Blocked;
}
