using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Policies;

namespace Tollgate.DevPortal.Subscribe;

/// <summary>Who may subscribe to what, under which plan.</summary>
internal sealed class SubscriptionRules(PolicyStore policies)
{
    public static void RefuseUnavailable(Api api, Application application)
    {
        if (!Lifecycle.Subscribable(api.State))
        {
            throw Refusal.BadRequest(
                $"The API is {EnumText<LifecycleState>.Of(api.State)}; only published and pre-released APIs take new subscriptions.");
        }

        if (application.Status != "APPROVED")
        {
            throw Refusal.BadRequest("The application is not approved yet.");
        }
    }

    /// <summary>The plan as the API spells it; refused when the API does not offer it or the caller may not have it.</summary>
    public async Task<string> PlanAsync(Caller caller, Api api, string? wanted)
    {
        var plan = api.Design.Policies.FirstOrDefault(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) ?? throw new Refusal(
            403, 902002, "Plan not allowed", $"The API does not offer the plan '{wanted}'. It offers: {string.Join(", ", api.Design.Policies)}.");
        var policy = (await policies.NamedAsync(api.Organization, PolicyKind.Subscription, [plan])).FirstOrDefault();
        return policy?.Terms.Permissions?.Admits(caller.Roles) == false
            ? throw new Refusal(403, 902002, "Plan not allowed", $"Your roles do not permit the plan '{plan}'.")
            : plan;
    }
}
