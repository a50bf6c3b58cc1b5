using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Policies;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Plans;

/// <summary>/throttling/policies: the kinds have the same operations and differ in their fields only.</summary>
internal sealed class PolicyEndpoints(PolicyStore policies, TimeProvider time)
{
    private const string What = "policy";

    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, PolicyKind.Application, ApplicationPolicyResource.Of);
        Map(routes, PolicyKind.Subscription, PlanPolicyResource.Of);
        Map(routes, PolicyKind.Advanced, AdvancedPolicyResource.Of, AdvancedPolicyResource.Listed);
        Map(routes, PolicyKind.Custom, CustomPolicyResource.Of);
    }

    /// <summary>Custom policies see the requests of all organizations, so they belong to the first one.</summary>
    public static void RefuseOtherOrganizations(Caller caller)
    {
        if (caller.Organization != Organization.Default)
        {
            throw Refusal.Forbidden($"Custom policies are for administrators of the organization '{Organization.Default}'.");
        }
    }

    /// <summary>What the system itself refers to cannot go.</summary>
    public static void RefuseDefault(ThrottlingPolicy policy)
    {
        if (policy.Name is ThrottlingPolicy.Unlimited or DefaultPolicies.Unauthenticated)
        {
            throw new Refusal(403, 900971, "Policy in use", $"'{policy.Name}' is a default of the system and stays.");
        }
    }

    /// <summary>A policy under a new identity, with no terms yet.</summary>
    public static ThrottlingPolicy New(Caller caller, PolicyKind kind, string? name, TimeProvider time) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
        Organization = caller.Organization,
        Kind = kind,
        Name = ThrottlingPolicy.CheckName(name),
        Terms = new PolicyTerms(),
        RowVersion = 1,
    };

    private void Map<T>(
        IEndpointRouteBuilder routes, PolicyKind kind, Func<ThrottlingPolicy, T> show, Func<ThrottlingPolicy, T>? showInList = null)
        where T : PolicyResource
    {
        var path = $"/throttling/policies/{EnumText<PolicyKind>.Of(kind)}";
        string[] read = [RestScopes.Admin, RestScopes.AdminPlanView, RestScopes.PlanView];
        string[] write = [RestScopes.Admin, RestScopes.AdminPlanManage, RestScopes.PlanManage];
        routes.MapGet(path, http => ListAsync(http, kind, showInList ?? show)).Needs(read);
        routes.MapPost(path, http => CreateAsync(http, kind, show, path)).Needs(write);
        routes.MapGet(path + "/{policyId}", http => GetAsync(http, kind, show)).Needs(read);
        routes.MapPut(path + "/{policyId}", http => UpdateAsync(http, kind, show)).Needs(write);
        routes.MapDelete(path + "/{policyId}", http => DeleteAsync(http, kind)).Needs([.. write, RestScopes.PoliciesImportExport]);
    }

    private async Task ListAsync<T>(HttpContext http, PolicyKind kind, Func<ThrottlingPolicy, T> show)
    {
        var found = await policies.ListAsync(CallerFor(http, kind).Organization, kind, PageRequest.Whole);
        IReadOnlyList<T> list = [.. found.Items.Select(show)];
        await JsonAnswer.WriteAsync(http, Lists.Whole(list));
    }

    private async Task CreateAsync<T>(HttpContext http, PolicyKind kind, Func<ThrottlingPolicy, T> show, string path)
        where T : PolicyResource
    {
        var wanted = await JsonBody.ReadAsync<T>(http);
        var policy = wanted.Apply(New(CallerFor(http, kind), kind, wanted.PolicyName, time));
        await policies.CreateAsync(policy);
        EntityTag.Set(http, policy.RowVersion);
        await JsonAnswer.CreatedAsync(http, $"{AdminModule.BasePath}{path}/{policy.Id}", show(policy));
    }

    private async Task GetAsync<T>(HttpContext http, PolicyKind kind, Func<ThrottlingPolicy, T> show)
    {
        var policy = await NeedAsync(http, kind);
        if (!EntityTag.NotModified(http, policy.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, show(policy));
        }
    }

    private async Task UpdateAsync<T>(HttpContext http, PolicyKind kind, Func<ThrottlingPolicy, T> show)
        where T : PolicyResource
    {
        var stored = await NeedAsync(http, kind);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var wanted = await JsonBody.ReadAsync<T>(http);
        if (wanted.PolicyName is not null && !wanted.PolicyName.Equals(stored.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.BadRequest("A policy cannot be renamed: APIs, applications and subscriptions refer to it by name.", 900305);
        }

        var changed = wanted.Apply(stored);
        await policies.UpdateAsync(changed);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, show(changed));
    }

    private async Task DeleteAsync(HttpContext http, PolicyKind kind)
    {
        var stored = await NeedAsync(http, kind);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        RefuseDefault(stored);
        await policies.DeleteAsync(stored);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task<ThrottlingPolicy> NeedAsync(HttpContext http, PolicyKind kind)
    {
        var id = http.Path("policyId");
        return await policies.FindAsync(CallerFor(http, kind).Organization, kind, id) ?? throw Refusal.NotFound(404, What, id);
    }

    private static Caller CallerFor(HttpContext http, PolicyKind kind)
    {
        var caller = http.Caller();
        if (kind == PolicyKind.Custom)
        {
            RefuseOtherOrganizations(caller);
        }

        return caller;
    }
}
