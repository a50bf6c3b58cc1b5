using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>Import of OpenAPI documents, and the definition of an API.</summary>
internal sealed class DefinitionEndpoints(ApiStore apis, ApiLookup lookup, CreateApi create, ChangeApi change, DefinitionSource source)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/apis/import-openapi", ImportAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage);
        routes.MapGet("/apis/{apiId}/swagger", GetAsync).Needs(RestScopes.ApiDefinitionView, RestScopes.ApiManage, RestScopes.ApiView);
        routes.MapPut("/apis/{apiId}/swagger", PutAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage);
    }

    private async Task ImportAsync(HttpContext http)
    {
        var form = await source.FormAsync(http);
        var wanted = JsonBody.Parse<ApiResource>(Encoding.UTF8.GetBytes(form.Text("additionalProperties") ?? "{}"), "additionalProperties");
        var definition = await source.ReadAsync(form, "inlineAPIDefinition", http.RequestAborted);
        var (api, content) = await create.FromDefinitionAsync(http.Caller(), definition, wanted);
        await ApiEndpoints.AnswerCreatedAsync(http, api, content);
    }

    private async Task GetAsync(HttpContext http)
    {
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        if (!EntityTag.NotModified(http, api.RowVersion))
        {
            await WriteAsync(http, await apis.ContentAsync(api.Id));
        }
    }

    private async Task PutAsync(HttpContext http)
    {
        var stored = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        EntityTag.RefuseStale(http, stored.RowVersion, "API");
        var definition = await source.ReadAsync(await source.FormAsync(http), "apiDefinition", http.RequestAborted);
        var (api, content) = await change.ReplaceDefinitionAsync(http.Caller(), stored, definition);
        EntityTag.Set(http, api.RowVersion);
        await WriteAsync(http, content);
    }

    private static async Task WriteAsync(HttpContext http, ApiContent content)
    {
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(content.Definition, http.RequestAborted);
    }
}
