using Tollgate.Model;

namespace Tollgate.Admin.Plans;

/// <summary>A policy for an API or an operation.</summary>
internal sealed record AdvancedPolicyResource : PolicyResource
{
    // Each group is tried on every call.
    private const int MaxGroups = 20;

    public IReadOnlyList<ConditionalGroupResource>? ConditionalGroups { get; init; }

    protected override PolicyTerms Terms(Quota? quota) => ConditionalGroups is { Count: > MaxGroups }
        ? throw Refusal.BadRequest($"A policy has at most {MaxGroups} conditionalGroups.", 900305)
        : new PolicyTerms { Quota = quota, Groups = [.. (ConditionalGroups ?? []).Select((group, at) => group.Checked(at))] };

    public static AdvancedPolicyResource Of(ThrottlingPolicy policy) => new()
    {
        PolicyId = policy.Id,
        PolicyName = policy.Name,
        DisplayName = policy.DisplayName,
        Description = policy.Description,
        Type = "AdvancedThrottlePolicy",
        DefaultLimit = LimitResource.Of(policy.Terms.Quota),
        ConditionalGroups = [.. policy.Terms.Groups.Select(ConditionalGroupResource.Of)],
    };

    /// <summary>In a list, the contract shows a policy without its groups.</summary>
    public static AdvancedPolicyResource Listed(ThrottlingPolicy policy) => Of(policy) with { ConditionalGroups = null };
}
