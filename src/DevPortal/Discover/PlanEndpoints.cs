using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Storage.Policies;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>The plans and application policies that developers may choose from.</summary>
internal sealed class PlanEndpoints(PolicyStore policies, VisibleApis visible, CatalogueAccess access, RequestedOrganization organization)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        access.Restrict(routes.MapGet("/throttling-policies/{policyLevel}", ListAsync));
        access.Restrict(routes.MapGet("/throttling-policies/{policyLevel}/{policyId}", GetAsync));
        access.Restrict(routes.MapGet("/apis/{apiId}/subscription-policies", OfApiAsync));
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var level = http.Path("policyLevel");
        var found = await policies.ListAsync(await organization.OfAsync(http), KindOf(level), page, except: DefaultPolicies.Unauthenticated);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(policy => PlanPage.Of(policy, level))]));
    }

    private async Task GetAsync(HttpContext http)
    {
        var (level, name) = (http.Path("policyLevel"), http.Path("policyId"));
        var found = (await policies.NamedAsync(await organization.OfAsync(http), KindOf(level), [name])).FirstOrDefault(IsOffered);
        await JsonAnswer.WriteAsync(http, PlanPage.Of(found ?? throw Refusal.NotFound(404, "policy", name), level));
    }

    // The contract's schema names one policy; an API offers several, and the field's clients read a list.
    private async Task OfApiAsync(HttpContext http)
    {
        var api = await visible.NeedAsync(http, http.Path("apiId"));
        var offered = await policies.NamedAsync(api.Organization, PolicyKind.Subscription, api.Design.Policies);
        await JsonAnswer.WriteAsync(http, offered.Select(policy => PlanPage.Of(policy, EnumText<PolicyKind>.Of(PolicyKind.Subscription))).ToList());
    }

    private static bool IsOffered(ThrottlingPolicy policy) => policy.Name != DefaultPolicies.Unauthenticated;

    private static PolicyKind KindOf(string level) =>
        EnumText<PolicyKind>.TryParse(level, out var kind) && kind is PolicyKind.Application or PolicyKind.Subscription
            ? kind
            : throw Refusal.BadRequest($"The policy level '{level}' is none of application, subscription.");
}
