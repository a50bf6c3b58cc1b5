using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Documents;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>Documents and icons of the APIs that a developer may see.</summary>
internal sealed class DocumentEndpoints(VisibleApis visible, CatalogueAccess access, DocumentStore documents, ThumbnailStore thumbnails)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        access.Restrict(routes.MapGet("/apis/{apiId}/documents", ListAsync));
        access.Restrict(routes.MapGet("/apis/{apiId}/documents/{documentId}", GetAsync));
        access.Restrict(routes.MapGet("/apis/{apiId}/documents/{documentId}/content", ContentAsync));
        access.Restrict(routes.MapGet("/apis/{apiId}/thumbnail", ThumbnailAsync));
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var found = await documents.ListAsync(await QueryAsync(http), page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(DocumentEntry.Of)]));
    }

    private async Task GetAsync(HttpContext http)
    {
        var document = await NeedAsync(http);
        if (!EntityTag.NotModified(http, document.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, DocumentEntry.Of(document));
        }
    }

    /// <summary>Also a page of the portal.</summary>
    public async Task ContentAsync(HttpContext http)
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

    private async Task ThumbnailAsync(HttpContext http)
    {
        var api = await visible.NeedAsync(http, http.Path("apiId"));
        var (image, version) = await thumbnails.FindAsync(api.Id) ?? throw Refusal.NotFound(901001, "thumbnail of the API", api.Id);
        if (!EntityTag.NotModified(http, version))
        {
            await FileAnswer.ShowAsync(http, image);
        }
    }

    private async Task<DocumentQuery> QueryAsync(HttpContext http) =>
        new((await visible.NeedAsync(http, http.Path("apiId"))).Id, http.Features.Get<Caller>()?.UserName);

    private async Task<Document> NeedAsync(HttpContext http)
    {
        var id = http.Path("documentId");
        return await documents.FindAsync(await QueryAsync(http), id) ?? throw Refusal.NotFound(404, "document", id);
    }
}

/// <summary>A document as developers see it.</summary>
internal sealed record DocumentEntry(
    string DocumentId, string Name, DocumentType Type, string? Summary, DocumentSource SourceType, string? SourceUrl, string? OtherTypeName)
{
    public static DocumentEntry Of(Document document) => new(
        document.Id, document.Name, document.Type, document.Summary, document.Source, document.SourceUrl, document.OtherTypeName);
}
