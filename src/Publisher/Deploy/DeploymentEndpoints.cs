using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.Publisher.Revise;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Deploy;

/// <summary>Places revisions on gateway environments and takes them off.</summary>
internal sealed class DeploymentEndpoints(ApiLookup apis, RevisionLookup lookup, RevisionStore revisions, DeploymentRules rules)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/apis/{apiId}/deployments", ListAsync)
            .Needs(RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish, RestScopes.ApiView);
        routes.MapPost("/apis/{apiId}/deploy-revision", DeployAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish);
        routes.MapPost("/apis/{apiId}/undeploy-revision", UndeployAsync)
            .Needs(RestScopes.ApiCreate, RestScopes.ApiImportExport, RestScopes.ApiManage, RestScopes.ApiPublish);
    }

    private async Task ListAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        await JsonAnswer.WriteAsync(http, Lists.Whole(await DeploymentsAsync(api)));
    }

    private async Task DeployAsync(HttpContext http)
    {
        var (api, revision) = await NeedAsync(http);
        await revisions.DeployAsync(rules.Check(api, revision, await JsonBody.ReadAsync<IReadOnlyList<DeploymentResource>>(http)));
        await JsonAnswer.WriteAsync(http, await DeploymentsAsync(api), StatusCodes.Status201Created);
    }

    private async Task UndeployAsync(HttpContext http)
    {
        var (api, revision) = await NeedAsync(http);
        var everywhere = http.Query("allEnvironments") is "true";
        var places = everywhere ? null : rules.CheckNames(await JsonBody.ReadAsync<IReadOnlyList<DeploymentResource>>(http));
        await revisions.UndeployAsync(revision, places);
        await JsonAnswer.WriteAsync(http, await DeploymentsAsync(api), StatusCodes.Status201Created);
    }

    // The revision by id, or by number as older clients name it.
    private async Task<(Api Api, Revision Revision)> NeedAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        if (http.Query("revisionNumber") is { } number)
        {
            var all = await revisions.ListAsync(api.Id);
            return (api, all.FirstOrDefault(one => one.Number.ToString() == number) ?? throw Refusal.NotFound(900347, "revision", number));
        }

        return (api, await lookup.NeedAsync(api, http.NeedQuery("revisionId")));
    }

    private async Task<IReadOnlyList<DeploymentResource>> DeploymentsAsync(Api api) =>
        [.. (await revisions.DeploymentsAsync(api.Id)).Select(DeploymentResource.Of)];
}
