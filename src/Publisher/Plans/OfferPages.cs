using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Policies;
using Tollgate.Web.Pages;
using Tollgate.Web.Parts;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Plans;

/// <summary>Which plans an API offers, and its own limit.</summary>
internal sealed class OfferPages(ApiLookup lookup, ApiStore apis, ChangeApi change, PolicyStore policies)
{
    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/apis/{apiId}/plans", ShowAsync).NeedsOnPage(RestScopes.ApiView, RestScopes.ApiManage);
        pages.MapPost("/apis/{apiId}/plans", SaveAsync).NeedsOnPage(RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish)
            .Changes(ApiPages.Resource);
    }

    private async Task ShowAsync(HttpContext http)
    {
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        await ShowAsync(http, await FormAsync(api, api.Design.Policies, api.Design.ApiThrottlingPolicy ?? "", DesignPages.VersionOf(api)));
    }

    private async Task SaveAsync(HttpContext http)
    {
        var stored = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        var form = await PageForm.ReadAsync(http);
        var (plans, limit, version) = (form.All("plan"), form.Text("limit"), form.Text("row_version"));
        await PageForm.TryAsync(
            http,
            async () =>
            {
                DesignPages.RefuseStale(stored, version);
                await change.UpdateAsync(http.Caller(), stored, ApiResource.Of(stored, (await apis.ContentAsync(stored.Id)).Operations) with
                {
                    Policies = plans,
                    ApiThrottlingPolicy = limit.Length > 0 ? limit : null,
                });
                http.GoTo($"/apis/{stored.Id}/plans?notice=saved");
            },
            async problem => await ShowAsync(http, (await FormAsync(stored, plans, limit, version)) with { Problem = problem }));
    }

    private async Task<OfferForm> FormAsync(Api api, IReadOnlyList<string> offered, string limit, string version)
    {
        var plans = await policies.ListAsync(api.Organization, PolicyKind.Subscription, PageRequest.Whole, except: DefaultPolicies.Unauthenticated);
        var advanced = await policies.ListAsync(api.Organization, PolicyKind.Advanced, PageRequest.Whole);
        return new OfferForm(
            api,
            [.. plans.Items.Select(plan => new PlanLine(plan.Name, LimitWords.Of(plan), offered.Contains(plan.Name, StringComparer.OrdinalIgnoreCase)))],
            [("", "None"), .. advanced.Items.Select(policy => (policy.Name, $"{policy.Name}: {LimitWords.Of(policy)}"))])
        {
            Limit = limit,
            RowVersion = version,
        };
    }

    private static Task ShowAsync(HttpContext http, OfferForm form) =>
        PageAnswer.WriteAsync<OfferView, OfferForm>(http, ApiFrame.Of(http, form.Api, "Plans"), form);
}
