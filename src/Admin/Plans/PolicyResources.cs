using System.Text.Json;
using Tollgate.Model;

namespace Tollgate.Admin.Plans;

/// <summary>What every throttling policy of the REST contract has.</summary>
internal abstract record PolicyResource
{
    private const int MaxDisplayName = 512;
    private const int MaxDescription = 1024;

    public string? PolicyId { get; init; }

    public string? PolicyName { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public bool IsDeployed { get; init; } = true;

    public string? Type { get; init; }

    public LimitResource? DefaultLimit { get; init; }

    protected virtual bool HasDefaultLimit => true;

    /// <summary>What the kind at hand grants beside the default limit.</summary>
    protected abstract PolicyTerms Terms(Quota? quota);

    /// <summary>The policy that this resource describes, under the identity of <paramref name="identity"/>.</summary>
    public ThrottlingPolicy Apply(ThrottlingPolicy identity)
    {
        if (DisplayName?.Length > MaxDisplayName || Description?.Length > MaxDescription)
        {
            throw Refusal.BadRequest($"displayName has at most {MaxDisplayName} and description at most {MaxDescription} characters.", 900305);
        }

        if (DefaultLimit is null && HasDefaultLimit)
        {
            throw Refusal.BadRequest(
                """
                defaultLimit is missing, for example {"type":"REQUESTCOUNTLIMIT","requestCount":{"requestCount":1000,"timeUnit":"min","unitTime":1}}.
                """,
                900305);
        }

        return identity with
        {
            DisplayName = DisplayName ?? identity.Name,
            Description = Description,
            Terms = Terms(DefaultLimit?.ToQuota()) with { Enforcement = identity.Terms.Enforcement },
        };
    }

    protected static Quota? Burst(long count, string? unit) => count == 0 ? null : Quota.Checked(QuotaKind.Requests, count, unit, 1);
}

/// <summary>An application policy.</summary>
internal sealed record ApplicationPolicyResource : PolicyResource
{
    public BurstResource? BurstLimit { get; init; }

    protected override PolicyTerms Terms(Quota? quota) =>
        new() { Quota = quota, Burst = Burst(BurstLimit?.RateLimitCount ?? 0, BurstLimit?.RateLimitTimeUnit) };

    public static ApplicationPolicyResource Of(ThrottlingPolicy policy) => new()
    {
        PolicyId = policy.Id,
        PolicyName = policy.Name,
        DisplayName = policy.DisplayName,
        Description = policy.Description,
        Type = "ApplicationThrottlePolicy",
        DefaultLimit = LimitResource.Of(policy.Terms.Quota),
        BurstLimit = policy.Terms.Burst is { } burst ? new BurstResource(burst.Limit, burst.TimeUnit) : null,
    };
}

/// <summary>A short-term limit.</summary>
internal sealed record BurstResource(long RateLimitCount, string? RateLimitTimeUnit);

/// <summary>A business plan.</summary>
internal sealed record PlanPolicyResource : PolicyResource
{
    public long RateLimitCount { get; init; }

    public string? RateLimitTimeUnit { get; init; }

    public int SubscriberCount { get; init; }

    public bool StopOnQuotaReach { get; init; } = true;

    public string BillingPlan { get; init; } = "FREE";

    public IReadOnlyList<CustomAttribute> CustomAttributes { get; init; } = [];

    public PlanPermissions? Permissions { get; init; }

    public JsonElement? Monetization { get; init; }

    public int GraphQLMaxComplexity { get; init; }

    public int GraphQLMaxDepth { get; init; }

    protected override PolicyTerms Terms(Quota? quota)
    {
        if (Monetization is { ValueKind: not JsonValueKind.Null } || SubscriberCount > 0 || GraphQLMaxComplexity > 0 || GraphQLMaxDepth > 0)
        {
            throw Refusal.BadRequest(
                "monetization, subscriberCount, graphQLMaxComplexity and graphQLMaxDepth are not available in this version.", 900305);
        }

        if (BillingPlan is not ("FREE" or "COMMERCIAL") || Permissions is { PermissionType: not ("ALLOW" or "DENY") })
        {
            throw Refusal.BadRequest("billingPlan is FREE or COMMERCIAL, permissions.permissionType is ALLOW or DENY.", 900305);
        }

        return new PolicyTerms
        {
            Quota = quota,
            Burst = Burst(RateLimitCount, RateLimitTimeUnit),
            StopOnQuotaReach = StopOnQuotaReach,
            BillingPlan = BillingPlan,
            Permissions = Permissions is { Roles.Count: > 0 } ? Permissions : null,
            CustomAttributes = CustomAttributes,
        };
    }

    public static PlanPolicyResource Of(ThrottlingPolicy policy) => new()
    {
        PolicyId = policy.Id,
        PolicyName = policy.Name,
        DisplayName = policy.DisplayName,
        Description = policy.Description,
        Type = "SubscriptionThrottlePolicy",
        DefaultLimit = LimitResource.Of(policy.Terms.Quota),
        RateLimitCount = policy.Terms.Burst?.Limit ?? 0,
        RateLimitTimeUnit = policy.Terms.Burst?.TimeUnit,
        StopOnQuotaReach = policy.Terms.StopOnQuotaReach,
        BillingPlan = policy.Terms.BillingPlan,
        CustomAttributes = policy.Terms.CustomAttributes,
        Permissions = policy.Terms.Permissions,
    };
}
