using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.Admin.Plans;

/// <summary>Policies of one kind.</summary>
public sealed record PoliciesModel(PolicyKind Kind, IReadOnlyList<ThrottlingPolicy> Policies);

/// <summary>The form of a policy: what was typed, and what is wrong with it. Numbers are texts until they are read.</summary>
public sealed record PolicyForm(PolicyKind Kind)
{
    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>How many; empty limits nothing.</summary>
    public string Limit { get; init; } = "";

    /// <summary>calls, KB, MB or GB.</summary>
    public string Of { get; init; } = "calls";

    public string UnitTime { get; init; } = "1";

    public string TimeUnit { get; init; } = "min";

    /// <summary>Most calls per second or minute; empty for no burst limit.</summary>
    public string Burst { get; init; } = "";

    public string BurstUnit { get; init; } = "sec";

    /// <summary>Whether calls over the quota are refused, or only noted.</summary>
    public bool Stops { get; init; } = true;

    /// <summary>How many condition groups it has; those are changed over REST.</summary>
    public int Groups { get; init; }

    /// <summary>Id of a policy that is changed; null for a new one.</summary>
    public string? Id { get; init; }

    public string RowVersion { get; init; } = "";

    public FormProblem? Problem { get; init; }
}
