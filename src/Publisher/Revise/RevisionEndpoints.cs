using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Compose;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Revise;

/// <summary>/apis/{apiId}/revisions: freeze the working copy, list, read, delete.</summary>
internal sealed class RevisionEndpoints(
    ApiLookup apis, RevisionLookup lookup, RevisionStore revisions, CreateRevision create, RestoreRevision restore, ProductSources products)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish, RestScopes.ApiView];
        string[] write = [RestScopes.ApiCreate, RestScopes.ApiImportExport, RestScopes.ApiManage, RestScopes.ApiPublish];
        string[] change = [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish];
        routes.MapBoth("GET", "/revisions", ListAsync, [.. read, RestScopes.ApiImportExport], [.. read, RestScopes.ApiProductImportExport]);
        routes.MapBoth("POST", "/revisions", CreateAsync, write, change);
        routes.MapBoth("GET", "/revisions/{revisionId}", GetAsync, read, read);
        routes.MapBoth("DELETE", "/revisions/{revisionId}", DeleteAsync, write, change);
        routes.MapBoth("POST", "/restore-revision", RestoreAsync, change, change);
    }

    private async Task ListAsync(HttpContext http)
    {
        var api = await apis.OfRouteAsync(http);
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
        var api = await apis.OfRouteAsync(http);
        var wanted = await JsonBody.ReadAsync<RevisionResource>(http);
        var revision = await create.RunAsync(http.Caller(), api, wanted.Description);
        await JsonAnswer.CreatedAsync(
            http, $"{ApiLookup.PathOf(api)}/revisions/{revision.Id}", RevisionResource.Of(revision, []));
    }

    private async Task GetAsync(HttpContext http)
    {
        var api = await apis.OfRouteAsync(http);
        var revision = await lookup.NeedAsync(api, http.Path("revisionId"));
        await JsonAnswer.WriteAsync(http, RevisionResource.Of(revision, await revisions.DeploymentsAsync(api.Id)));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var api = await apis.OfRouteAsync(http);
        await revisions.DeleteAsync(await lookup.NeedAsync(api, http.Path("revisionId")), http.Caller().UserName);
        await JsonAnswer.WriteAsync(http, Lists.Whole(await AllAsync(api.Id)));
    }

    private async Task RestoreAsync(HttpContext http)
    {
        var api = await apis.OfRouteAsync(http);
        EntityTag.RefuseStale(http, api.RowVersion, "API");
        var (restored, content) = await restore.RunAsync(http.Caller(), api, await lookup.NeedAsync(http, api));
        if (restored.IsProduct)
        {
            EntityTag.Set(http, restored.RowVersion);
            await JsonAnswer.CreatedAsync(http, ApiLookup.PathOf(restored), await products.ShowAsync(restored, content));
        }
        else
        {
            await ApiEndpoints.AnswerCreatedAsync(http, restored, content);
        }
    }

    private async Task<IReadOnlyList<RevisionResource>> AllAsync(string apiId)
    {
        var deployments = await revisions.DeploymentsAsync(apiId);
        return [.. (await revisions.ListAsync(apiId)).Select(revision => RevisionResource.Of(revision, deployments))];
    }
}
