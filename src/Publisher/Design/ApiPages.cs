using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Apis;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>An API at a glance with what it still needs, and its end.</summary>
internal sealed class ApiPages(ApiLookup lookup, ApiStore apis, RevisionStore revisions, ChangeApi change)
{
    public const string Resource = PublisherModule.BasePath + "/apis/{apiId}";

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/apis/{apiId}", ShowAsync).NeedsOnPage(RestScopes.ApiView, RestScopes.ApiManage);
        pages.MapGet("/apis/{apiId}/delete", http => AskAsync(http, null)).NeedsOnPage(RestScopes.ApiDelete, RestScopes.ApiManage);
        pages.MapPost("/apis/{apiId}/delete", DeleteAsync).NeedsOnPage(RestScopes.ApiDelete, RestScopes.ApiManage).Changes(Resource);
    }

    private async Task ShowAsync(HttpContext http)
    {
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        var places = await revisions.DeploymentsAsync(api.Id);
        var content = await apis.ContentAsync(api.Id);
        await PageAnswer.WriteAsync<OverviewView, OverviewModel>(
            http, ApiFrame.Of(http, api, "Overview"),
            new OverviewModel(api, Readiness(api, places.Count > 0), content.Operations.Count, [.. places.Select(place => place.Environment)]));
    }

    // In the order in which one thing makes the next possible.
    private static IReadOnlyList<ReadinessItem> Readiness(Api api, bool deployed) =>
    [
        new("Set an endpoint", Endpoints.Of(api.Design).Any, ApiFrame.AddressOf(api, "/endpoints")),
        new("Offer a plan", api.Design.Policies.Count > 0 || !api.Design.SecurityScheme.Contains("oauth2"), ApiFrame.AddressOf(api, "/plans")),
        new("Deploy a revision", deployed, ApiFrame.AddressOf(api, "/deployments")),
        new("Publish it", api.State is LifecycleState.Published or LifecycleState.Deprecated, ApiFrame.AddressOf(api, "/lifecycle")),
    ];

    private async Task AskAsync(HttpContext http, FormProblem? problem)
    {
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        var places = await revisions.DeploymentsAsync(api.Id);
        await PageAnswer.WriteAsync<ConfirmPage, Confirmation>(
            http,
            http.PageContext($"Delete {api.Name} {api.Version}") with
            {
                Place = ApiFrame.Place,
                Crumbs = [ApiFrame.Crumb, new PageLink($"{api.Name} {api.Version}", ApiFrame.AddressOf(api))],
            },
            new Confirmation(
                $"{api.Name} {api.Version} goes, and with it its revisions, documents and comments"
                + (places.Count == 0 ? "" : $"; it is served in {string.Join(", ", places.Select(place => place.Environment))}, and calls there are refused")
                + ". This cannot be undone.",
                $"Delete {api.Name} {api.Version}", ApiFrame.AddressOf(api))
            { Problem = problem });
    }

    private async Task DeleteAsync(HttpContext http) => await PageForm.TryAsync(
        http,
        async () =>
        {
            await change.DeleteAsync(http.Caller(), await lookup.NeedAsync(http.Caller(), http.Path("apiId")));
            http.GoTo("/apis?notice=deleted");
        },
        problem => AskAsync(http, problem));
}
