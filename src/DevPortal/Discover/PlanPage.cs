using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>A throttling policy as developers see it: with its attributes and who may have it.</summary>
internal static class PlanPage
{
    public static PlanResource Of(ThrottlingPolicy policy, string level) => PlanResource.Of(policy, level) with
    {
        // The portal's contract knows one name only.
        DisplayName = null,
        Attributes = policy.Terms.CustomAttributes.DistinctBy(attribute => attribute.Name)
            .ToDictionary(attribute => attribute.Name, attribute => attribute.Value),
        ThrottlingPolicyPermissions = policy.Terms.Permissions is { } permissions
            ? new PlanAudience(permissions.PermissionType == "DENY" ? "deny" : "allow", permissions.Roles)
            : null,
    };
}
