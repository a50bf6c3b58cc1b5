using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Version;

/// <summary>POST /apis/copy-api: a new version.</summary>
internal sealed class VersionEndpoint(ApiLookup lookup, CopyApi copy)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/apis/copy-api", CopyAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage);

    private async Task CopyAsync(HttpContext http)
    {
        if (http.Query("serviceVersion") is not null)
        {
            throw Refusal.BadRequest("serviceVersion is not available in this version: there is no service catalogue.");
        }

        var original = await lookup.NeedAsync(http.Caller(), http.NeedQuery("apiId"));
        var isDefault = http.Query("defaultVersion") switch
        {
            null or "false" => false,
            "true" => true,
            _ => throw Refusal.BadRequest("defaultVersion is true or false."),
        };
        var (api, content) = await copy.RunAsync(http.Caller(), original, http.NeedQuery("newVersion"), isDefault);
        await ApiEndpoints.AnswerCreatedAsync(http, api, content);
    }
}
