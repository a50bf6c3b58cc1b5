using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Policies;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>The plans and application policies that developers may choose from.</summary>
internal sealed class PlanEndpoints(PolicyStore policies)
{
    private const string Reason = "What plans there are is public.";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/throttling-policies/{policyLevel}", ListAsync).Visitors(Reason);
        routes.MapGet("/throttling-policies/{policyLevel}/{policyId}", GetAsync).Visitors(Reason);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var level = http.Path("policyLevel");
        var found = await policies.ListAsync(VisibleApis.OrganizationOf(http), KindOf(level), page);
        await JsonAnswer.WriteAsync(
            http, Lists.Of(http, page, found.Total, [.. found.Items.Where(IsOffered).Select(policy => PlanResource.Of(policy, level))]));
    }

    private async Task GetAsync(HttpContext http)
    {
        var (level, name) = (http.Path("policyLevel"), http.Path("policyId"));
        var found = (await policies.NamedAsync(VisibleApis.OrganizationOf(http), KindOf(level), [name])).FirstOrDefault(IsOffered);
        await JsonAnswer.WriteAsync(http, PlanResource.Of(found ?? throw Refusal.NotFound(404, "policy", name), level));
    }

    private static bool IsOffered(ThrottlingPolicy policy) => policy.Name != DefaultPolicies.Unauthenticated;

    private static PolicyKind KindOf(string level) => EnumText<PolicyKind>.TryParse(level, out var kind) && kind != PolicyKind.Advanced
        ? kind
        : throw Refusal.BadRequest($"The policy level '{level}' is none of application, subscription.");
}
