using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Policies;

namespace Tollgate.DevPortal.Subscribe;

/// <summary>Who may subscribe to what, under which plan.</summary>
internal sealed class SubscriptionRules(PolicyStore policies, TimeProvider time)
{
    public const int MostAtOnce = 100;

    public async Task<Subscription> CreateAsync(Caller caller, Api api, Application application, string? plan)
    {
        RefuseUnavailable(api, application);
        var now = time.GetUtcNow();
        return new Subscription
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Organization = application.Organization,
            ApiId = api.Id,
            ApplicationId = application.Id,
            Plan = await PlanAsync(caller, api, plan),
            CreatedAt = now.ToUnixTimeMilliseconds(),
            RowVersion = 1,
        };
    }

    /// <summary>The plan that an update asks for; clients send the present one along in the other field.</summary>
    public Task<string> NewPlanAsync(Caller caller, Api api, Subscription stored, SubscriptionRequest wanted)
    {
        if (stored.State is SubscriptionState.Rejected or SubscriptionState.OnHold or SubscriptionState.DeletePending)
        {
            throw Refusal.BadRequest($"The subscription is {EnumText<SubscriptionState>.Of(stored.State)}; its plan cannot be changed.");
        }

        return PlanAsync(caller, api, wanted.RequestedThrottlingPolicy is { } requested && requested != stored.Plan
            ? requested
            : wanted.ThrottlingPolicy ?? wanted.RequestedThrottlingPolicy);
    }

    private static void RefuseUnavailable(Api api, Application application)
    {
        if (!Lifecycle.Subscribable(api.State))
        {
            throw Refusal.BadRequest(
                $"The API is {EnumText<LifecycleState>.Of(api.State)}; only published and pre-released APIs take new subscriptions.");
        }

        if (!Application.TakesMore(application.Status))
        {
            throw Refusal.BadRequest($"The application is {application.Status}; it can subscribe once it is approved.");
        }
    }

    // The plan as the API spells it; refused when the API does not offer it or the caller may not have it.
    private async Task<string> PlanAsync(Caller caller, Api api, string? wanted)
    {
        var plan = api.Design.Policies.FirstOrDefault(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) ?? throw new Refusal(
            403, 902002, "Plan not allowed", $"The API does not offer the plan '{wanted}'. It offers: {string.Join(", ", api.Design.Policies)}.");
        var policy = (await policies.NamedAsync(api.Organization, PolicyKind.Subscription, [plan])).FirstOrDefault();
        return policy?.Terms.Permissions?.Admits(caller.Roles) == false
            ? throw new Refusal(403, 902002, "Plan not allowed", $"Your roles do not permit the plan '{plan}'.")
            : plan;
    }
}
