using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>Finds the API that a request names, within the caller's organization.</summary>
internal sealed class ApiLookup(ApiStore apis, AccessControl access)
{
    public async Task<Api> NeedAsync(Caller caller, string apiId) =>
        await NeedAnyAsync(caller, apiId) is { IsProduct: false } api ? api : throw Refusal.NotFound(900308, "API", apiId);

    public async Task<Api> NeedProductAsync(Caller caller, string productId) =>
        await NeedAnyAsync(caller, productId) is { IsProduct: true } product ? product : throw Refusal.NotFound(900308, "API product", productId);

    /// <summary>An API or an API product.</summary>
    public async Task<Api> NeedAnyAsync(Caller caller, string id)
    {
        var api = await apis.FindAsync(caller.Organization, id) ?? throw Refusal.NotFound(900308, "API", id);
        access.RefuseUnadmitted(caller, api);
        return api;
    }

    /// <summary>What the route is about: the API of {apiId} or the API product of {apiProductId}.</summary>
    public Task<Api> OfRouteAsync(HttpContext http) => http.Request.RouteValues.ContainsKey("apiProductId")
        ? NeedProductAsync(http.Caller(), http.Path("apiProductId"))
        : NeedAsync(http.Caller(), http.Path("apiId"));

    /// <summary>Where the API or the API product is.</summary>
    public static string PathOf(Api api) => $"{PublisherModule.BasePath}/{(api.IsProduct ? "api-products" : "apis")}/{api.Id}";
}
