using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Documents;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Describe;

/// <summary>/apis/{apiId}/documents: documents and their contents.</summary>
internal sealed class DocumentEndpoints(ApiLookup apis, DocumentStore documents, DocumentRules rules, PublisherOptions options)
{
    private const string What = "document";

    // Boundaries and part headers beside the file itself.
    private const int FormOverhead = 64 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [RestScopes.ApiManage, RestScopes.ApiView, RestScopes.DocumentManage];
        string[] create = [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.DocumentCreate, RestScopes.DocumentManage];
        string[] write = [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.DocumentManage];
        var (ofProducts, changeProducts) = (SharedRoutes.ProductRead, SharedRoutes.ProductWrite);
        routes.MapBoth("GET", "/documents", ListAsync, read, ofProducts);
        routes.MapBoth("POST", "/documents", CreateAsync, create, changeProducts);
        routes.MapBoth("GET", "/documents/{documentId}", GetAsync, read, ofProducts);
        routes.MapBoth("PUT", "/documents/{documentId}", UpdateAsync, write, changeProducts);
        routes.MapBoth("DELETE", "/documents/{documentId}", DeleteAsync, write, changeProducts);
        routes.MapBoth("GET", "/documents/{documentId}/content", ContentAsync, read, ofProducts);
        routes.MapBoth("POST", "/documents/{documentId}/content", PutContentAsync, create, changeProducts);
        routes.MapPost("/apis/{apiId}/documents/validate", ValidateAsync).Needs(create);
    }

    private async Task ListAsync(HttpContext http)
    {
        var api = await apis.OfRouteAsync(http);
        var page = http.Page();
        var found = await documents.ListAsync(new DocumentQuery(api.Id, http.Caller().UserName), page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(DocumentResource.Of)]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var api = await apis.OfRouteAsync(http);
        var wanted = await JsonBody.ReadAsync<DocumentResource>(http, options.DocumentLimit + FormOverhead);
        var document = rules.Create(api.Id, http.Caller().UserName, wanted);
        await documents.CreateAsync(document, rules.Text(document, wanted.InlineContent));
        EntityTag.Set(http, document.RowVersion);
        await JsonAnswer.CreatedAsync(http, $"{ApiLookup.PathOf(api)}/documents/{document.Id}", DocumentResource.Of(document));
    }

    // The contract's answer is the status: 200 when the name is used, 404 when it is free.
    private async Task ValidateAsync(HttpContext http)
    {
        var api = await apis.OfRouteAsync(http);
        var name = http.NeedQuery("name");
        http.Response.StatusCode = await documents.IsNameTakenAsync(api.Id, name)
            ? StatusCodes.Status200OK
            : throw Refusal.NotFound(404, What, name);
    }

    private async Task GetAsync(HttpContext http)
    {
        var document = await NeedAsync(http);
        if (!EntityTag.NotModified(http, document.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, DocumentResource.Of(document));
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var wanted = await JsonBody.ReadAsync<DocumentResource>(http, options.DocumentLimit + FormOverhead);
        var document = rules.Change(stored, http.Caller().UserName, wanted);
        await documents.UpdateAsync(stored, document, rules.Text(document, wanted.InlineContent));
        await AnswerChangedAsync(http, document);
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var document = await NeedAsync(http);
        EntityTag.RefuseStale(http, document.RowVersion, What);
        await documents.DeleteAsync(document, http.Caller().UserName);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task ContentAsync(HttpContext http)
    {
        var document = await NeedAsync(http);
        if (document.SourceUrl is not null)
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = document.SourceUrl;
        }
        else if (!EntityTag.NotModified(http, document.RowVersion))
        {
            var content = await documents.ContentAsync(document.Id) ?? throw Refusal.NotFound(404, "content of the document", document.Name);
            await FileAnswer.DownloadAsync(http, content, document.DownloadName);
        }
    }

    private async Task PutContentAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var form = await MultipartForm.ReadAsync(http, options.DocumentLimit + FormOverhead);
        var (file, text) = (await form.FileAsync("file"), form.Text("inlineContent"));
        var content = (file, text) switch
        {
            (not null, null) => rules.File(stored, form.FileName("file"), file),
            (null, not null) => rules.Text(stored, text),
            _ => throw Refusal.BadRequest("Send the content once: as 'file' or as 'inlineContent'."),
        };
        var document = rules.Touch(stored, http.Caller().UserName) with { FileName = file is null ? null : form.FileName("file") };
        await documents.UpdateAsync(stored, document, content);
        http.Response.Headers.Location = http.Request.Path.Value;
        await AnswerChangedAsync(http, document);
    }

    private static Task AnswerChangedAsync(HttpContext http, Document document)
    {
        EntityTag.Set(http, document.RowVersion + 1);
        return JsonAnswer.WriteAsync(http, DocumentResource.Of(document));
    }

    private async Task<Document> NeedAsync(HttpContext http)
    {
        var api = await apis.OfRouteAsync(http);
        var id = http.Path("documentId");
        return await documents.FindAsync(new DocumentQuery(api.Id, http.Caller().UserName), id) ?? throw Refusal.NotFound(404, What, id);
    }
}
