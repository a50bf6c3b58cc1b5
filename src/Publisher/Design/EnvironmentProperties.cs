using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Environments;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>/apis/{apiId}/environments/{envId}/keys: properties of an API for one gateway environment. Kept; gateways do not read them yet.</summary>
internal sealed class EnvironmentProperties(ApiLookup apis, EnvironmentStore environments, EnvironmentPropertyStore properties)
{
    private const int Most = 100;
    private const int MaxName = 80;
    private const int MaxText = 2000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/apis/{apiId}/environments/{envId}/keys", GetAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage);
        routes.MapPut("/apis/{apiId}/environments/{envId}/keys", PutAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage);
    }

    private async Task GetAsync(HttpContext http)
    {
        var (api, environment) = await NeedAsync(http);
        var (stored, version) = await properties.FindAsync(api.Id, environment);
        EntityTag.Set(http, version);
        await JsonAnswer.WriteAsync(http, stored);
    }

    private async Task PutAsync(HttpContext http)
    {
        var (api, environment) = await NeedAsync(http);
        var (_, version) = await properties.FindAsync(api.Id, environment);
        EntityTag.RefuseStale(http, version, "properties");
        var wanted = await JsonBody.ReadAsync<Dictionary<string, string>>(http);
        if (wanted.Count > Most || wanted.Any(pair => pair.Key.Length is 0 or > MaxName || pair.Value is null or { Length: > MaxText }))
        {
            throw Refusal.BadRequest(
                $"There are at most {Most} properties; a name has 1 to {MaxName} characters, a value is a text of at most {MaxText}.");
        }

        EntityTag.Set(http, await properties.PutAsync(api.Id, environment, wanted, version, http.Caller().UserName));
        await JsonAnswer.WriteAsync(http, wanted);
    }

    private async Task<(Api Api, string Environment)> NeedAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        var id = http.Path("envId");
        var environment = await environments.FindAsync(api.Organization, id) ?? throw Refusal.NotFound(900504, "gateway environment", id);
        return (api, environment.Name);
    }
}
