using Tollgate.Model;

namespace Tollgate.Web.Rest;

/// <summary>A throttling policy as publishers and developers see it when they choose one.</summary>
public sealed record PlanResource
{
    // What the field's contract shows for a policy without a limit.
    private const long NoLimit = int.MaxValue;

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public required string PolicyLevel { get; init; }

    public long RequestCount { get; init; }

    public string? DataUnit { get; init; }

    public long UnitTime { get; init; }

    public string? TimeUnit { get; init; }

    public long RateLimitCount { get; init; }

    public string? RateLimitTimeUnit { get; init; }

    public required string QuotaPolicyType { get; init; }

    public required string TierPlan { get; init; }

    public bool StopOnQuotaReach { get; init; }

    /// <summary>Free attributes; only developers see them.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>Who may subscribe under the plan; only developers see it.</summary>
    public PlanAudience? ThrottlingPolicyPermissions { get; init; }

    /// <summary>The level is how the portal at hand names the kind: api, application or subscription.</summary>
    public static PlanResource Of(ThrottlingPolicy policy, string level)
    {
        var quota = policy.Terms.Quota;
        var bytes = quota is { Kind: QuotaKind.Bytes };
        return new PlanResource
        {
            Name = policy.Name,
            DisplayName = policy.DisplayName ?? policy.Name,
            Description = policy.Description,
            PolicyLevel = level,
            RequestCount = quota is null ? NoLimit : bytes ? quota.Limit / 1024 : quota.Limit,
            DataUnit = bytes ? "KB" : null,
            UnitTime = quota?.UnitTime ?? 0,
            TimeUnit = quota?.TimeUnit,
            RateLimitCount = policy.Terms.Burst?.Limit ?? 0,
            RateLimitTimeUnit = policy.Terms.Burst?.TimeUnit,
            QuotaPolicyType = bytes ? "BANDWIDTHVOLUME" : "REQUESTCOUNT",
            TierPlan = policy.Terms.BillingPlan,
            StopOnQuotaReach = policy.Terms.StopOnQuotaReach,
        };
    }
}

/// <summary>The roles that may (allow) or may not (deny) subscribe under a plan.</summary>
public sealed record PlanAudience(string Type, IReadOnlyList<string> Roles);
