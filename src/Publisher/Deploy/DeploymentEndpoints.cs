using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.Publisher.Revise;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Deploy;

/// <summary>Places revisions on gateway environments and takes them off.</summary>
internal sealed class DeploymentEndpoints(ApiLookup apis, RevisionLookup lookup, RevisionStore revisions, DeploymentRules rules, DeploymentApprovals approvals)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish, RestScopes.ApiView];
        string[] write = [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish];
        routes.MapBoth("GET", "/deployments", ListAsync, read, read);
        routes.MapBoth("PUT", "/deployments/{deploymentId}", ChangeAsync, write, write);
        routes.MapBoth("POST", "/deploy-revision", DeployAsync, write, write);
        routes.MapBoth(
            "POST", "/undeploy-revision", UndeployAsync, [.. write, RestScopes.ApiImportExport], [.. write, RestScopes.ApiProductImportExport]);
    }

    private async Task ListAsync(HttpContext http)
    {
        var api = await apis.OfRouteAsync(http);
        await JsonAnswer.WriteAsync(http, new DeploymentListing(await DeploymentsAsync(api)));
    }

    private async Task ChangeAsync(HttpContext http)
    {
        var api = await apis.OfRouteAsync(http);
        var id = http.Path("deploymentId");
        var stored = (await revisions.DeploymentsAsync(api.Id)).FirstOrDefault(deployment => Names(id, deployment.Environment))
            ?? throw Refusal.NotFound(404, "deployment", id);
        var changed = await rules.ChangeAsync(http.Caller(), stored, await JsonBody.ReadAsync<DeploymentResource>(http));
        await revisions.ChangeDeploymentAsync(stored, changed, http.Caller().UserName);
        await JsonAnswer.WriteAsync(http, DeploymentResource.Of(changed));
    }

    private async Task DeployAsync(HttpContext http)
    {
        var (api, revision) = await NeedAsync(http);
        var wanted = await JsonBody.ReadAsync<IReadOnlyList<DeploymentResource>>(http);
        await approvals.DeployAsync(http.Caller(), api, revision, await rules.CheckAsync(http.Caller(), api, revision, wanted));
        await JsonAnswer.WriteAsync(http, await DeploymentsAsync(api), StatusCodes.Status201Created);
    }

    private async Task UndeployAsync(HttpContext http)
    {
        var (api, revision) = await NeedAsync(http);
        var places = http.Flag("allEnvironments")
            ? null
            : await rules.CheckNamesAsync(http.Caller(), await JsonBody.ReadAsync<IReadOnlyList<DeploymentResource>>(http));
        await revisions.UndeployAsync(revision, places, http.Caller().UserName);
        await JsonAnswer.WriteAsync(http, await DeploymentsAsync(api), StatusCodes.Status201Created);
    }

    private async Task<(Api Api, Revision Revision)> NeedAsync(HttpContext http)
    {
        var api = await apis.OfRouteAsync(http);
        return (api, await lookup.NeedAsync(http, api));
    }

    // Clients of the field name a deployment by its environment in Base64url; the plain name is accepted too.
    private static bool Names(string deploymentId, string environment) =>
        deploymentId == environment || deploymentId.TrimEnd('=') == Base64Url.EncodeToString(Encoding.UTF8.GetBytes(environment));

    private async Task<IReadOnlyList<DeploymentResource>> DeploymentsAsync(Api api) =>
    [
        .. (await revisions.DeploymentsAsync(api.Id)).Select(DeploymentResource.Of),
        .. (await approvals.WaitingAsync(api)).Select(DeploymentResource.Waiting),
    ];

    // The contract's list of deployments has no count.
    private sealed record DeploymentListing(IReadOnlyList<DeploymentResource> List);
}
