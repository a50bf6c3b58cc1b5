using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Policies;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Deny;

/// <summary>/throttling/deny-policies: refuse an API, an application, a user, a subscription or addresses at once.</summary>
internal sealed class DenyEndpoints(DenyPolicyStore policies, DenyRules rules)
{
    private const string One = "/throttling/deny-policy/{conditionId}";
    private const string All = "/throttling/deny-policies";

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [RestScopes.Admin, RestScopes.DenyView];
        string[] write = [RestScopes.Admin, RestScopes.DenyManage];
        routes.MapGet(All, ListAsync).Needs(read);
        routes.MapPost(All, CreateAsync).Needs(write);
        routes.MapGet(One, GetAsync).Needs(read);
        routes.MapPatch(One, SwitchAsync).Needs(write);
        routes.MapDelete(One, DeleteAsync).Needs(write);
    }

    private async Task ListAsync(HttpContext http)
    {
        var found = await policies.ListAsync(DenyRules.Query(http.Caller().Organization, http.Query("query")));
        await JsonAnswer.WriteAsync(http, Lists.Whole<DenyPolicyResource>([.. found.Select(DenyPolicyResource.Of)]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var policy = await rules.CreateAsync(http.Caller().Organization, await JsonBody.ReadAsync<DenyPolicyResource>(http));
        await policies.CreateAsync(policy);
        await JsonAnswer.CreatedAsync(http, $"{AdminModule.BasePath}/throttling/deny-policy/{policy.Id}", DenyPolicyResource.Of(policy));
    }

    private async Task GetAsync(HttpContext http) => await JsonAnswer.WriteAsync(http, DenyPolicyResource.Of(await NeedAsync(http)));

    private async Task SwitchAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        var wanted = await JsonBody.ReadAsync<DenyStatusResource>(http);
        await policies.SetEnabledAsync(stored, wanted.ConditionStatus);
        await JsonAnswer.WriteAsync(http, DenyPolicyResource.Of(stored with { Enabled = wanted.ConditionStatus }));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        await policies.DeleteAsync(await NeedAsync(http));
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task<DenyPolicy> NeedAsync(HttpContext http)
    {
        var id = http.Path("conditionId");
        return await policies.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(404, "deny policy", id);
    }
}
