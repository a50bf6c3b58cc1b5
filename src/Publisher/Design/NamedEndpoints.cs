using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>/apis/{apiId}/endpoints: endpoints that have names. Calls go to the API's own endpoints; these are kept for it.</summary>
internal sealed class NamedEndpoints(ApiLookup apis, NamedEndpointStore endpoints, TimeProvider time)
{
    private const string What = "endpoint";
    private const int MaxDefinition = 1024 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] write = [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish, RestScopes.ApiImportExport];
        string[] read = [RestScopes.ApiView, .. write];
        routes.MapGet("/apis/{apiId}/endpoints", ListAsync).Needs(read);
        routes.MapPost("/apis/{apiId}/endpoints", CreateAsync).Needs(write);
        routes.MapGet("/apis/{apiId}/endpoints/{endpointId}", GetAsync).Needs(read);
        routes.MapPut("/apis/{apiId}/endpoints/{endpointId}", UpdateAsync).Needs(write);
        routes.MapDelete("/apis/{apiId}/endpoints/{endpointId}", DeleteAsync).Needs(write);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var api = await NeedApiAsync(http);
        var found = await endpoints.ListAsync(api.Id, page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(EndpointResource.Of)]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var api = await NeedApiAsync(http);
        var wanted = Checked(await JsonBody.ReadAsync<EndpointResource>(http));
        var endpoint = new NamedEndpoint
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            ApiId = api.Id,
            Name = wanted.Name!,
            Stage = wanted.DeploymentStage!,
            Settings = wanted.EndpointConfig!.Value,
            Definition = wanted.ApiDefinition,
        };
        await endpoints.CreateAsync(endpoint, http.Caller().UserName);
        EntityTag.Set(http, 1);
        await JsonAnswer.CreatedAsync(
            http, $"{PublisherModule.BasePath}/apis/{api.Id}/endpoints/{endpoint.Id}", EndpointResource.Of(endpoint));
    }

    private async Task GetAsync(HttpContext http)
    {
        var endpoint = await NeedAsync(http);
        EntityTag.Set(http, endpoint.RowVersion);
        await JsonAnswer.WriteAsync(http, EndpointResource.Of(endpoint));
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var wanted = Checked(await JsonBody.ReadAsync<EndpointResource>(http));
        var changed = stored with
        {
            Name = wanted.Name!,
            Stage = wanted.DeploymentStage!,
            Settings = wanted.EndpointConfig!.Value,
            Definition = wanted.ApiDefinition,
        };
        await endpoints.UpdateAsync(changed, http.Caller().UserName);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, EndpointResource.Of(changed));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        await endpoints.DeleteAsync(stored, http.Caller().UserName);
    }

    private Task<Api> NeedApiAsync(HttpContext http) => apis.NeedAsync(http.Caller(), http.Path("apiId"));

    private async Task<NamedEndpoint> NeedAsync(HttpContext http)
    {
        var api = await NeedApiAsync(http);
        var id = http.Path("endpointId");
        return await endpoints.FindAsync(api.Id, id) ?? throw Refusal.NotFound(404, What, id);
    }

    private static EndpointResource Checked(EndpointResource wanted)
    {
        var stage = NamedEndpoint.CheckStage(wanted.DeploymentStage ?? NamedEndpoint.Production);
        return wanted with
        {
            Name = NamedEndpoint.CheckName(wanted.Name),
            DeploymentStage = stage,
            EndpointConfig = NamedEndpoint.CheckSettings(wanted.EndpointConfig, stage),
            ApiDefinition = wanted.ApiDefinition is { Length: > MaxDefinition } ? throw JsonBody.TooLarge(MaxDefinition) : wanted.ApiDefinition,
        };
    }

    private sealed record EndpointResource
    {
        public string? Id { get; init; }

        public string? Name { get; init; }

        public string? DeploymentStage { get; init; }

        public JsonElement? EndpointConfig { get; init; }

        public string? ApiDefinition { get; init; }

        public static EndpointResource Of(NamedEndpoint endpoint) => new()
        {
            Id = endpoint.Id,
            Name = endpoint.Name,
            DeploymentStage = endpoint.Stage,
            EndpointConfig = endpoint.Settings,
            ApiDefinition = endpoint.Definition,
        };
    }
}
