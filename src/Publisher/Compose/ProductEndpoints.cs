using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Compose;

/// <summary>/api-products: list, create, read, change, delete, copy; what products share with APIs is mapped with the APIs.</summary>
internal sealed class ProductEndpoints(
    ApiStore apis, ApiLookup lookup, MakeProduct make, ChangeApi change, ProductSources sources, Viewers viewers)
{
    private const string What = "API product";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api-products", ListAsync).Needs(RestScopes.ApiManage, RestScopes.ApiView);
        routes.MapPost("/api-products", CreateAsync).Needs(SharedRoutes.ProductWrite);
        routes.MapPost("/api-products/copy-api-products", CopyAsync).Needs(SharedRoutes.ProductWrite);
        routes.MapGet("/api-products/{apiProductId}", GetAsync).Needs([.. SharedRoutes.ProductRead, RestScopes.ApiProductImportExport]);
        routes.MapPut("/api-products/{apiProductId}", UpdateAsync).Needs(SharedRoutes.ProductWrite);
        routes.MapDelete("/api-products/{apiProductId}", DeleteAsync).Needs([.. SharedRoutes.ProductWrite, RestScopes.ApiProductImportExport]);
        routes.MapGet("/api-products/{apiProductId}/swagger", DefinitionAsync).Needs(SharedRoutes.ProductRead);
        routes.MapGet("/api-products/{apiProductId}/is-outdated", OutdatedAsync).Needs(SharedRoutes.ProductRead);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var query = new ApiQuery
        {
            Organization = http.Caller().Organization,
            Viewer = viewers.Publisher(http.Caller()),
            Search = http.Search(),
            Products = true,
        };
        var found = await apis.ListAsync(query, page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(ProductListing.Of)]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var (product, content) = await make.CreateAsync(http.Caller(), await JsonBody.ReadAsync<ProductResource>(http));
        await AnswerCreatedAsync(http, product, content);
    }

    private async Task CopyAsync(HttpContext http)
    {
        var stored = await lookup.NeedProductAsync(http.Caller(), http.NeedQuery("apiProductId"));
        var (product, content) = await make.CopyAsync(http.Caller(), stored, http.NeedQuery("newVersion"), http.Flag("defaultVersion"));
        await AnswerCreatedAsync(http, product, content);
    }

    private async Task GetAsync(HttpContext http)
    {
        var product = await lookup.OfRouteAsync(http);
        if (!EntityTag.NotModified(http, product.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, await sources.ShowAsync(product, await apis.ContentAsync(product.Id)));
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await lookup.OfRouteAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var (product, content) = await make.UpdateAsync(http.Caller(), stored, await JsonBody.ReadAsync<ProductResource>(http));
        EntityTag.Set(http, product.RowVersion);
        await JsonAnswer.WriteAsync(http, await sources.ShowAsync(product, content));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await lookup.OfRouteAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        await change.DeleteAsync(http.Caller(), stored);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task DefinitionAsync(HttpContext http)
    {
        var product = await lookup.OfRouteAsync(http);
        if (!EntityTag.NotModified(http, product.RowVersion))
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync((await apis.ContentAsync(product.Id)).Definition, http.RequestAborted);
        }
    }

    private async Task OutdatedAsync(HttpContext http)
    {
        var product = await lookup.OfRouteAsync(http);
        await JsonAnswer.WriteAsync(http, new OutdatedStatus(await sources.IsOutdatedAsync(await apis.ContentAsync(product.Id))));
    }

    private async Task AnswerCreatedAsync(HttpContext http, Api product, ApiContent content)
    {
        EntityTag.Set(http, product.RowVersion);
        await JsonAnswer.CreatedAsync(
            http, $"{PublisherModule.BasePath}/api-products/{product.Id}", await sources.ShowAsync(product, content));
    }

    private sealed record OutdatedStatus(bool IsOutdated);
}
