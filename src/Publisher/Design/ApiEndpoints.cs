using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>/apis: create, read, change, delete.</summary>
internal sealed class ApiEndpoints(ApiStore apis, ApiLookup lookup, CreateApi create, ChangeApi change)
{
    private const string What = "API";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/apis", CreateAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage);
        routes.MapGet("/apis/{apiId}", GetAsync)
            .Needs(RestScopes.ApiImportExport, RestScopes.ApiManage, RestScopes.ApiProductImportExport, RestScopes.ApiView);
        routes.MapPut("/apis/{apiId}", UpdateAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish);
        routes.MapDelete("/apis/{apiId}", DeleteAsync).Needs(RestScopes.ApiDelete, RestScopes.ApiImportExport, RestScopes.ApiManage);
    }

    private async Task CreateAsync(HttpContext http)
    {
        var (api, content) = await create.FromScratchAsync(http.Caller(), await JsonBody.ReadAsync<ApiResource>(http));
        await AnswerCreatedAsync(http, api, content);
    }

    private async Task GetAsync(HttpContext http)
    {
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        if (!EntityTag.NotModified(http, api.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, ApiResource.Of(api, (await apis.ContentAsync(api.Id)).Operations));
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var (api, content) = await change.UpdateAsync(http.Caller(), stored, await JsonBody.ReadAsync<ApiResource>(http));
        EntityTag.Set(http, api.RowVersion);
        await JsonAnswer.WriteAsync(http, ApiResource.Of(api, content.Operations));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        await change.DeleteAsync(http.Caller(), stored);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    internal static Task AnswerCreatedAsync(HttpContext http, Api api, ApiContent content)
    {
        EntityTag.Set(http, api.RowVersion);
        return JsonAnswer.CreatedAsync(http, $"{PublisherModule.BasePath}/apis/{api.Id}", ApiResource.Of(api, content.Operations));
    }
}
