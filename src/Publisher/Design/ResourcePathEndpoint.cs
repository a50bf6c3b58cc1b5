using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>/apis/{apiId}/resource-paths: the operations of an API, numbered.</summary>
internal sealed class ResourcePathEndpoint(ApiStore apis, ApiLookup lookup)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/apis/{apiId}/resource-paths", ListAsync).Needs(RestScopes.ApiView, RestScopes.ApiManage);

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        if (EntityTag.NotModified(http, api.RowVersion))
        {
            return;
        }

        // They stand in one document with the API; there is nothing to page in the database.
        var operations = (await apis.ContentAsync(api.Id)).Operations;
        var shown = operations.Select((operation, index) => new NumberedPath(index + 1, operation.Target, operation.Verb))
            .Skip(page.Offset).Take(page.Limit);
        await JsonAnswer.WriteAsync(http, Lists.Of<NumberedPath>(http, page, operations.Count, [.. shown]));
    }

    private sealed record NumberedPath(int Id, string ResourcePath, string HttpVerb);
}
