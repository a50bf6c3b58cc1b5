using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Categories;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Settings;

/// <summary>GET /api-categories: the categories that an API can be put under.</summary>
internal sealed class CategoryEndpoints(CategoryStore categories)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api-categories", ListAsync).Needs(RestScopes.ApiManage, RestScopes.ApiView);

    private async Task ListAsync(HttpContext http)
    {
        var all = await categories.ListAsync(http.Caller().Organization);
        await JsonAnswer.WriteAsync(http, Lists.Whole<CategoryResource>([.. all.Select(CategoryResource.Of)]));
    }
}
