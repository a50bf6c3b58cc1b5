using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.Publisher.Revise;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Environments;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Deploy;

/// <summary>The revisions of an API: make, place, take off, restore.</summary>
internal sealed class DeploymentPages(
    ApiLookup lookup, RevisionLookup revisionLookup, RevisionStore revisions, CreateRevision create, RestoreRevision restore, DeploymentRules rules,
    DeploymentApprovals approvals, EnvironmentStore environments)
{
    private static readonly string[] Write = [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish];

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/apis/{apiId}/deployments", http => ShowAsync(http, null, "")).NeedsOnPage(RestScopes.ApiView, RestScopes.ApiManage);
        pages.MapPost("/apis/{apiId}/revisions", CreateAsync).NeedsOnPage(Write);
        pages.MapPost("/apis/{apiId}/revisions/{revisionId}/deploy", DeployAsync).NeedsOnPage(Write).Changes(ApiPages.Resource + "/revisions/{revisionId}");
        pages.MapPost("/apis/{apiId}/revisions/{revisionId}/undeploy", UndeployAsync).NeedsOnPage(Write)
            .Changes(ApiPages.Resource + "/revisions/{revisionId}");
        pages.MapPost("/apis/{apiId}/revisions/{revisionId}/restore", RestoreAsync).NeedsOnPage(Write).Changes(ApiPages.Resource);
    }

    // Where the revision is asked to go is checked before it is made: nothing is half done.
    private async Task CreateAsync(HttpContext http)
    {
        var form = await PageForm.ReadAsync(http);
        await TryAsync(http, form.Text("description"), async api =>
        {
            var places = Places(form);
            if (places.Count > 0)
            {
                await rules.CheckAsync(http.Caller(), api, new Revision { Id = "", ApiId = api.Id }, places);
            }

            var revision = await create.RunAsync(http.Caller(), api, form.Text("description"));
            return places.Count == 0 ? "saved" : await DeployAsync(http, api, revision, places);
        });
    }

    private async Task DeployAsync(HttpContext http)
    {
        var form = await PageForm.ReadAsync(http);
        await TryAsync(http, "", async api => await DeployAsync(http, api, await RevisionAsync(http, api), Places(form)));
    }

    private async Task<string> DeployAsync(HttpContext http, Api api, Revision revision, IReadOnlyList<DeploymentResource> places)
    {
        await approvals.DeployAsync(http.Caller(), api, revision, await rules.CheckAsync(http.Caller(), api, revision, places));
        return (await approvals.WaitingAsync(api)).Count > 0 ? "waits" : "deployed";
    }

    private async Task UndeployAsync(HttpContext http)
    {
        var form = await PageForm.ReadAsync(http);
        await TryAsync(http, "", async api =>
        {
            await revisions.UndeployAsync(await RevisionAsync(http, api), await rules.CheckNamesAsync(http.Caller(), Places(form)), http.Caller().UserName);
            return "undeployed";
        });
    }

    private Task RestoreAsync(HttpContext http) => TryAsync(http, "", async api =>
    {
        await restore.RunAsync(http.Caller(), api, await RevisionAsync(http, api));
        return "restored";
    });

    private async Task TryAsync(HttpContext http, string description, Func<Api, Task<string>> act)
    {
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        await PageForm.TryAsync(
            http,
            async () => http.GoTo($"/apis/{api.Id}/deployments?notice={await act(api)}"),
            problem => ShowAsync(http, problem, description));
    }

    private Task<Revision> RevisionAsync(HttpContext http, Api api) => revisionLookup.NeedAsync(api, http.Path("revisionId"));

    private static IReadOnlyList<DeploymentResource> Places(PageForm form) =>
        [.. form.All("environment").Select(name => new DeploymentResource { Name = name })];

    private async Task ShowAsync(HttpContext http, FormProblem? problem, string description)
    {
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        var places = await revisions.DeploymentsAsync(api.Id);
        var model = new DeploymentsModel(
            api,
            [
                .. (await revisions.ListAsync(api.Id)).OrderByDescending(revision => revision.Number).Select(revision => new RevisionLine(
                    revision, [.. places.Where(place => place.RevisionId == revision.Id).Select(place => place.Environment)])),
            ],
            [
                .. (await environments.ListAsync(api.Organization)).Where(environment => environment.Admits(http.Caller().Roles))
                    .Select(environment => environment.Name),
            ],
            [.. (await approvals.WaitingAsync(api)).Select(place => place.Environment)])
        {
            Description = description,
            Problem = problem,
        };
        await PageAnswer.WriteAsync<DeploymentsView, DeploymentsModel>(http, ApiFrame.Of(http, api, "Deployments"), model);
    }
}
