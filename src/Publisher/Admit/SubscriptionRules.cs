using Tollgate.Model;
using Tollgate.SignIn.FirstStart;
using Tollgate.Storage.Policies;
using Tollgate.Storage.Users;

namespace Tollgate.Publisher.Admit;

/// <summary>What publishers may do with a subscription.</summary>
internal sealed class SubscriptionRules(PolicyStore policies, UserStore users)
{
    /// <summary>The state that blocks, from its name in the contract.</summary>
    public static SubscriptionState BlockState(string text) =>
        EnumText<SubscriptionState>.TryParse(text, out var state) && state is SubscriptionState.Blocked or SubscriptionState.ProductionBlocked
            ? state
            : throw Refusal.BadRequest($"blockState '{text}' is none of BLOCKED, PROD_ONLY_BLOCKED.");

    /// <summary>Blocking is for subscriptions that are in use, also while a change of theirs waits; one that is not approved lets nothing through.</summary>
    public static void RefuseUnused(Subscription subscription, SubscriptionState wanted)
    {
        var waits = subscription.State is SubscriptionState.PlanUpdatePending or SubscriptionState.DeletePending;
        if (subscription.State is SubscriptionState.OnHold or SubscriptionState.Rejected || (waits && wanted == SubscriptionState.Unblocked))
        {
            throw Refusal.BadRequest($"The subscription is {EnumText<SubscriptionState>.Of(subscription.State)}; it can be neither blocked nor unblocked.");
        }
    }

    /// <summary>The plan as the API spells it; refused when the API does not offer it or its subscriber may not have it.</summary>
    public async Task<string> PlanAsync(Api api, string owner, string? wanted)
    {
        var plan = api.Design.Policies.FirstOrDefault(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) ?? throw Refusal.BadRequest(
            $"The API does not offer the plan '{wanted}'. It offers: {string.Join(", ", api.Design.Policies)}.", 900305);
        var roles = (await users.FindByNameAsync(api.Organization, owner))?.Roles ?? [];
        var policy = (await policies.NamedAsync(api.Organization, PolicyKind.Subscription, [plan])).FirstOrDefault();
        return policy?.Terms.Permissions?.Admits([.. roles, DefaultRoles.Everyone]) == false
            ? throw new Refusal(403, 902002, "Plan not allowed", $"The roles of '{owner}' do not permit the plan '{plan}'.")
            : plan;
    }
}
