using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Policies;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Plans;

/// <summary>How the limits of a policy are held to. Stands beside the contract, whose policies have no fields for it.</summary>
internal sealed class EnforcementEndpoints(PolicyStore policies)
{
    private const string Path = "/throttling/policies/{policyLevel}/{policyId}/enforcement";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, GetAsync).Needs(RestScopes.Admin, RestScopes.AdminPlanView, RestScopes.PlanView);
        routes.MapPut(Path, PutAsync).Needs(RestScopes.Admin, RestScopes.AdminPlanManage, RestScopes.PlanManage);
    }

    private async Task GetAsync(HttpContext http)
    {
        var policy = await NeedAsync(http);
        if (!EntityTag.NotModified(http, policy.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, EnforcementResource.Of(policy.Terms.Enforcement));
        }
    }

    private async Task PutAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, "policy");
        var enforcement = (await JsonBody.ReadAsync<EnforcementResource>(http)).Checked();
        await policies.UpdateAsync(stored with { Terms = stored.Terms with { Enforcement = enforcement } });
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, EnforcementResource.Of(enforcement));
    }

    private async Task<ThrottlingPolicy> NeedAsync(HttpContext http)
    {
        var (level, id) = (http.Path("policyLevel"), http.Path("policyId"));
        if (!EnumText<PolicyKind>.TryParse(level, out var kind))
        {
            throw Refusal.NotFound(404, "policy level", level);
        }

        if (kind == PolicyKind.Custom)
        {
            PolicyEndpoints.RefuseOtherOrganizations(http.Caller());
        }

        return await policies.FindAsync(http.Caller().Organization, kind, id) ?? throw Refusal.NotFound(404, "policy", id);
    }
}
