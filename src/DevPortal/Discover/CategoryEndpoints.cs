using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Categories;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>GET /api-categories: the headings of the catalogue.</summary>
internal sealed class CategoryEndpoints(CategoryStore categories, RequestedOrganization organization)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api-categories", ListAsync).Visitors("What categories there are is public.");

    private async Task ListAsync(HttpContext http)
    {
        var all = await categories.ListAsync(await organization.OfAsync(http));
        await JsonAnswer.WriteAsync(http, Lists.Whole<CategoryResource>([.. all.Select(CategoryResource.Of)]));
    }
}
