using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;

namespace Tollgate.Publisher.Design;

/// <summary>Routes that APIs and API products have alike, each with its own scopes.</summary>
internal static class SharedRoutes
{
    private const string Api = "/apis/{apiId}";
    private const string Product = "/api-products/{apiProductId}";

    /// <summary>Who reads what belongs to a product.</summary>
    public static readonly string[] ProductRead = [RestScopes.ApiManage, RestScopes.ApiPublish, RestScopes.ApiView];

    /// <summary>Who changes what belongs to a product.</summary>
    public static readonly string[] ProductWrite = [RestScopes.ApiManage, RestScopes.ApiPublish];

    public static void MapBoth(
        this IEndpointRouteBuilder routes, string method, string rest, RequestDelegate handler, string[] ofApis, string[] ofProducts)
    {
        routes.MapMethods(Api + rest, [method], handler).Needs(ofApis);
        routes.MapMethods(Product + rest, [method], handler).Needs(ofProducts);
    }
}
