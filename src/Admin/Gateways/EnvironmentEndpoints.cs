using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Model.Settings;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Environments;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Gateways;

/// <summary>/environments: where revisions can be deployed.</summary>
internal sealed class EnvironmentEndpoints(EnvironmentStore environments, EnvironmentRules rules)
{
    private const string What = "environment";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/environments", ListAsync).Needs(RestScopes.Admin, RestScopes.EnvironmentRead);
        string[] manage = [RestScopes.Admin, RestScopes.EnvironmentManage];
        routes.MapPost("/environments", CreateAsync).Needs(manage);
        routes.MapGet("/environments/{environmentId}", GetAsync).Needs(manage);
        routes.MapPut("/environments/{environmentId}", UpdateAsync).Needs(manage);
        routes.MapDelete("/environments/{environmentId}", DeleteAsync).Needs(manage);
    }

    private async Task ListAsync(HttpContext http)
    {
        var all = await environments.ListAsync(http.Caller().Organization);
        await JsonAnswer.WriteAsync(http, Lists.Whole<EnvironmentResource>([.. all.Select(EnvironmentResource.Of)]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var environment = rules.Create(await JsonBody.ReadAsync<EnvironmentResource>(http));
        await environments.CreateAsync(http.Caller().Organization, environment);
        EntityTag.Set(http, environment.RowVersion);
        await JsonAnswer.CreatedAsync(http, $"{AdminModule.BasePath}/environments/{environment.Id}", EnvironmentResource.Of(environment));
    }

    private async Task GetAsync(HttpContext http)
    {
        var environment = await NeedAsync(http);
        if (!EntityTag.NotModified(http, environment.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, EnvironmentResource.Of(environment));
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var changed = EnvironmentRules.Change(stored, await JsonBody.ReadAsync<EnvironmentResource>(http));
        await environments.UpdateAsync(http.Caller().Organization, changed);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, EnvironmentResource.Of(changed));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EnvironmentRules.RefuseConfigured(stored);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        await environments.DeleteAsync(http.Caller().Organization, stored);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task<GatewayEnvironment> NeedAsync(HttpContext http)
    {
        var id = http.Path("environmentId");
        return await environments.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(404, What, id);
    }
}
