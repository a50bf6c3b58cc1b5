using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.Storage.Documents;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Describe;

/// <summary>/apis/{apiId}/thumbnail: the icon of an API.</summary>
internal sealed class ThumbnailEndpoints(ApiLookup apis, ThumbnailStore thumbnails, PublisherOptions options)
{
    // Boundaries and part headers beside the file itself.
    private const int FormOverhead = 64 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapBoth("GET", "/thumbnail", GetAsync, [RestScopes.ApiManage, RestScopes.ApiView], SharedRoutes.ProductRead);
        routes.MapBoth(
            "PUT", "/thumbnail", PutAsync, [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish], SharedRoutes.ProductWrite);
    }

    private async Task GetAsync(HttpContext http)
    {
        var api = await apis.OfRouteAsync(http);
        var (image, version) = await thumbnails.FindAsync(api.Id) ?? throw Refusal.NotFound(901001, "thumbnail of the API", api.Id);
        if (!EntityTag.NotModified(http, version))
        {
            await FileAnswer.ShowAsync(http, image);
        }
    }

    private async Task PutAsync(HttpContext http)
    {
        var api = await apis.OfRouteAsync(http);
        EntityTag.RefuseStale(http, (await thumbnails.FindAsync(api.Id))?.RowVersion ?? 0, "thumbnail");
        var form = await MultipartForm.ReadAsync(http, options.ThumbnailLimit + FormOverhead);
        var bytes = await form.FileAsync("file") ?? throw Refusal.BadRequest("Send the image as 'file'.", 901003);
        if (bytes.Length > options.ThumbnailLimit)
        {
            throw JsonBody.TooLarge(options.ThumbnailLimit);
        }

        var image = Icon.Check(bytes);
        EntityTag.Set(http, await thumbnails.PutAsync(api.Id, image, http.Caller().UserName));
        var path = ApiLookup.PathOf(api) + "/thumbnail";
        http.Response.Headers.Location = path;
        await JsonAnswer.WriteAsync(http, new FileInformation(path, image.MediaType));
    }

    private sealed record FileInformation(string RelativePath, string MediaType);
}
