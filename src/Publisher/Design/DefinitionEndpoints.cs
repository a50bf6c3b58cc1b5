using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>Import of OpenAPI documents, and the definition of an API.</summary>
internal sealed class DefinitionEndpoints(ApiStore apis, ApiLookup lookup, CreateApi create, ChangeApi change, PublisherOptions options)
{
    // Boundaries, part headers and the other fields of a form beside the document itself.
    private const int FormOverhead = JsonBody.DefaultLimit;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/apis/import-openapi", ImportAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage);
        routes.MapGet("/apis/{apiId}/swagger", GetAsync).Needs(RestScopes.ApiDefinitionView, RestScopes.ApiManage, RestScopes.ApiView);
        routes.MapPut("/apis/{apiId}/swagger", PutAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage);
    }

    private async Task ImportAsync(HttpContext http)
    {
        var form = await MultipartForm.ReadAsync(http, options.DefinitionLimit + FormOverhead);
        var wanted = JsonBody.Parse<ApiResource>(Encoding.UTF8.GetBytes(form.Text("additionalProperties") ?? "{}"), "additionalProperties");
        var definition = DefinitionReader.Read(await DocumentAsync(form, "inlineAPIDefinition"), options.DefinitionLimit);
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
        var form = await MultipartForm.ReadAsync(http, options.DefinitionLimit + FormOverhead);
        var definition = DefinitionReader.Read(await DocumentAsync(form, "apiDefinition"), options.DefinitionLimit);
        var (api, content) = await change.ReplaceDefinitionAsync(http.Caller(), stored, definition);
        EntityTag.Set(http, api.RowVersion);
        await WriteAsync(http, content);
    }

    private static async Task<byte[]> DocumentAsync(MultipartForm form, string inline)
    {
        if (form.Text("url") is not null)
        {
            throw Refusal.BadRequest("Import by URL is not available in this version; send the document as 'file'.", 900754);
        }

        var file = await form.FileAsync("file");
        var text = form.Text(inline);
        return (file, text) switch
        {
            (not null, null) => file,
            (null, not null) => Encoding.UTF8.GetBytes(text),
            _ => throw Refusal.BadRequest($"Send the OpenAPI document once: as 'file' or as '{inline}'.", 900754),
        };
    }

    private static async Task WriteAsync(HttpContext http, ApiContent content)
    {
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(content.Definition, http.RequestAborted);
    }
}
