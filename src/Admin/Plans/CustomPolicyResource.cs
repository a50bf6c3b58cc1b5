using Tollgate.Model;

namespace Tollgate.Admin.Plans;

/// <summary>A custom policy: a query over all requests.</summary>
internal sealed record CustomPolicyResource : PolicyResource
{
    public string? SiddhiQuery { get; init; }

    public string? KeyTemplate { get; init; }

    protected override bool HasDefaultLimit => false;

    protected override PolicyTerms Terms(Quota? quota) => DefaultLimit is null
        ? new PolicyTerms { Rule = CustomRule.Checked(SiddhiQuery, KeyTemplate) }
        : throw Refusal.BadRequest("A custom policy has no defaultLimit; its query says when it refuses.", 900305);

    public static CustomPolicyResource Of(ThrottlingPolicy policy) => new()
    {
        PolicyId = policy.Id,
        PolicyName = policy.Name,
        DisplayName = policy.DisplayName,
        Description = policy.Description,
        Type = "CustomRule",
        SiddhiQuery = policy.Terms.Rule?.SiddhiQuery,
        KeyTemplate = policy.Terms.Rule?.KeyTemplate,
    };
}
