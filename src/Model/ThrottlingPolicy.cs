using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>What a throttling policy is attached to.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PolicyKind>))]
public enum PolicyKind
{
    [JsonStringEnumMemberName("application")] Application,

    /// <summary>A business plan.</summary>
    [JsonStringEnumMemberName("subscription")] Subscription,

    /// <summary>For a whole API or one operation.</summary>
    [JsonStringEnumMemberName("advanced")] Advanced,

    /// <summary>A query over all requests; of the first organization only.</summary>
    [JsonStringEnumMemberName("custom")] Custom,
}

/// <summary>A quota or burst limit with a name.</summary>
public sealed record ThrottlingPolicy
{
    /// <summary>Name of the policy that limits nothing.</summary>
    public const string Unlimited = "Unlimited";

    public required string Id { get; init; }

    public required string Organization { get; init; }

    public required PolicyKind Kind { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public required PolicyTerms Terms { get; init; }

    public long RowVersion { get; init; }

    public static string CheckName(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > 60 || name != name.Trim() || name.Any(c => char.IsControl(c) || "/\\:&".Contains(c))
            ? throw Refusal.BadRequest(
                "A policy name has 1 to 60 characters, no spaces at its ends and none of / \\ : &.", 900305).At("name")
            : name;
}

/// <summary>What a policy grants; stored as one document.</summary>
public sealed record PolicyTerms
{
    /// <summary>Null limits nothing.</summary>
    public Quota? Quota { get; init; }

    public Quota? Burst { get; init; }

    /// <summary>Of an advanced policy: calls that a group's conditions hold for count there; all others under <see cref="Quota"/>.</summary>
    public IReadOnlyList<ConditionGroup> Groups { get; init; } = [];

    /// <summary>False lets calls over the quota pass and only marks them.</summary>
    public bool StopOnQuotaReach { get; init; } = true;

    /// <summary>How all limits of the policy are held to; null as usual.</summary>
    public Enforcement? Enforcement { get; init; }

    public string BillingPlan { get; init; } = "FREE";

    /// <summary>Roles that may (ALLOW) or may not (DENY) subscribe under this plan.</summary>
    public PlanPermissions? Permissions { get; init; }

    public IReadOnlyList<CustomAttribute> CustomAttributes { get; init; } = [];

    /// <summary>For custom policies.</summary>
    public CustomRule? Rule { get; init; }
}

/// <summary>Who may subscribe under a business plan.</summary>
public sealed record PlanPermissions(string PermissionType, IReadOnlyList<string> Roles)
{
    public bool Admits(IEnumerable<string> roles) => PermissionType == "DENY" ? !roles.Any(IsNamed) : roles.Any(IsNamed);

    private bool IsNamed(string role) => Roles.Contains(role, StringComparer.OrdinalIgnoreCase);
}

/// <summary>A free attribute of a business plan.</summary>
public sealed record CustomAttribute(string Name, string Value);
