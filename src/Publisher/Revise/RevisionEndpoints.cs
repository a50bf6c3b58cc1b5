using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Revise;

/// <summary>/apis/{apiId}/revisions: freeze the working copy, list, read, delete.</summary>
internal sealed class RevisionEndpoints(
    ApiLookup apis, RevisionLookup lookup, RevisionStore revisions, RestoreRevision restore, PublisherOptions options)
{
    private const int MaxDescription = 255;

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish, RestScopes.ApiView];
        string[] write = [RestScopes.ApiCreate, RestScopes.ApiImportExport, RestScopes.ApiManage, RestScopes.ApiPublish];
        routes.MapGet("/apis/{apiId}/revisions", ListAsync).Needs([.. read, RestScopes.ApiImportExport]);
        routes.MapPost("/apis/{apiId}/revisions", CreateAsync).Needs(write);
        routes.MapGet("/apis/{apiId}/revisions/{revisionId}", GetAsync).Needs(read);
        routes.MapDelete("/apis/{apiId}/revisions/{revisionId}", DeleteAsync).Needs(write);
        routes.MapPost("/apis/{apiId}/restore-revision", RestoreAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish);
    }

    private async Task ListAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        var query = http.Query("query");
        var onlyDeployed = query switch
        {
            null => (bool?)null,
            "deployed:true" => true,
            "deployed:false" => false,
            _ => throw Refusal.BadRequest("query is deployed:true or deployed:false."),
        };
        var all = await AllAsync(api.Id);
        IReadOnlyList<RevisionResource> shown =
            [.. all.Where(revision => onlyDeployed is null || revision.DeploymentInfo.Count > 0 == onlyDeployed)];
        await JsonAnswer.WriteAsync(http, Lists.Whole(shown));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        var wanted = await JsonBody.ReadAsync<RevisionResource>(http);
        if (wanted.Description?.Length > MaxDescription)
        {
            throw Refusal.BadRequest($"The description of a revision has at most {MaxDescription} characters.");
        }

        if (api.State == LifecycleState.Retired)
        {
            throw Refusal.BadRequest("The API is retired; it takes no new revisions.", 903227);
        }

        var revision = await revisions.CreateAsync(api, wanted.Description, options.MaxRevisions, http.Caller().UserName);
        await JsonAnswer.CreatedAsync(
            http, $"{PublisherModule.BasePath}/apis/{api.Id}/revisions/{revision.Id}", RevisionResource.Of(revision, []));
    }

    private async Task GetAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        var revision = await lookup.NeedAsync(api, http.Path("revisionId"));
        await JsonAnswer.WriteAsync(http, RevisionResource.Of(revision, await revisions.DeploymentsAsync(api.Id)));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        await revisions.DeleteAsync(await lookup.NeedAsync(api, http.Path("revisionId")), http.Caller().UserName);
        await JsonAnswer.WriteAsync(http, Lists.Whole(await AllAsync(api.Id)));
    }

    private async Task RestoreAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        EntityTag.RefuseStale(http, api.RowVersion, "API");
        var (restored, content) = await restore.RunAsync(http.Caller(), api, await lookup.NeedAsync(http, api));
        await ApiEndpoints.AnswerCreatedAsync(http, restored, content);
    }

    private async Task<IReadOnlyList<RevisionResource>> AllAsync(string apiId)
    {
        var deployments = await revisions.DeploymentsAsync(apiId);
        return [.. (await revisions.ListAsync(apiId)).Select(revision => RevisionResource.Of(revision, deployments))];
    }
}
