using Tollgate.Model;

namespace Tollgate.Admin.Plans;

/// <summary>Conditions that must all hold, and the limit for the calls that they hold for.</summary>
internal sealed record ConditionalGroupResource
{
    private const int MaxConditions = 20;
    private const int MaxDescription = 1024;

    public string? Description { get; init; }

    public required IReadOnlyList<ConditionResource> Conditions { get; init; }

    public required LimitResource Limit { get; init; }

    /// <summary>The group, or a refusal that names the place.</summary>
    public ConditionGroup Checked(int at)
    {
        var place = $"conditionalGroups[{at}]";
        return Conditions.Count is < 1 or > MaxConditions
            ? throw Refusal.BadRequest($"{place} has 1 to {MaxConditions} conditions; without any it would be the default limit.", 900305)
            : Description?.Length > MaxDescription
            ? throw Refusal.BadRequest($"{place}.description has at most {MaxDescription} characters.", 900305)
            : new ConditionGroup(
                Description, [.. Conditions.Select((condition, number) => condition.Checked($"{place}.conditions[{number}]"))], Limit.ToQuota());
    }

    public static ConditionalGroupResource Of(ConditionGroup group) => new()
    {
        Description = group.Description,
        Conditions = [.. group.Conditions.Select(ConditionResource.Of)],
        Limit = LimitResource.Of(group.Quota),
    };
}
