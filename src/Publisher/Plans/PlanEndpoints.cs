using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Policies;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Plans;

/// <summary>The throttling policies that publishers may choose from.</summary>
internal sealed class PlanEndpoints(PolicyStore policies, ApiLookup apis)
{
    private const string Subscription = "subscription";
    private const string Api = "api";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/throttling-policies/{policyLevel}", ListAsync).Needs(RestScopes.ApiView, RestScopes.PlanView, RestScopes.PlanManage);
        routes.MapGet("/throttling-policies/{policyLevel}/{policyName}", GetAsync)
            .Needs(RestScopes.ApiView, RestScopes.PlanView, RestScopes.PlanManage);
        routes.MapGet("/apis/{apiId}/subscription-policies", OfApiAsync).Needs(RestScopes.ApiManage, RestScopes.ApiView);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var level = http.Path("policyLevel");
        var found = await policies.ListAsync(http.Caller().Organization, KindOf(level), page);
        await JsonAnswer.WriteAsync(
            http, Lists.Of(http, page, found.Total, [.. found.Items.Select(policy => PlanResource.Of(policy, level))]));
    }

    private async Task GetAsync(HttpContext http)
    {
        var (level, name) = (http.Path("policyLevel"), http.Path("policyName"));
        var found = await policies.NamedAsync(http.Caller().Organization, KindOf(level), [name]);
        await JsonAnswer.WriteAsync(
            http, found.Count == 0 ? throw Refusal.NotFound(404, "policy", name) : PlanResource.Of(found[0], level));
    }

    private async Task OfApiAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        var found = await policies.NamedAsync(api.Organization, PolicyKind.Subscription, api.Design.Policies);
        IReadOnlyList<PlanResource> plans = [.. found.Select(policy => PlanResource.Of(policy, Subscription))];
        await JsonAnswer.WriteAsync(http, plans);
    }

    private static PolicyKind KindOf(string level) => level switch
    {
        Subscription => PolicyKind.Subscription,
        Api => PolicyKind.Advanced,
        _ => throw Refusal.BadRequest($"The policy level '{level}' is none of {Subscription}, {Api}."),
    };
}
