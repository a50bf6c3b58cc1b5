using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Discover;
using Tollgate.DevPortal.Register;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Applications;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Keys;

/// <summary>A user's keys of one API. They call it once they are lent to an application that subscribed to it.</summary>
internal sealed class ApiBoundKeyEndpoints(ApiKeyStore keys, VisibleApis visible, OwnApplications own, ApiKeyRules rules)
{
    private const string Path = "/apis/{apiId}/api-keys";

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] use = [.. ApiKeyEndpoints.Scopes];
        routes.MapGet(Path, ListAsync).Needs(use);
        routes.MapPost(Path + "/generate", GenerateAsync).Needs(use);
        routes.MapPost(Path + "/regenerate", RegenerateAsync).Needs(use);
        routes.MapPost(Path + "/revoke", RevokeAsync).Needs(use);
        routes.MapPost(Path + "/associate", LendAsync).Needs(use);
        routes.MapPost(Path + "/dissociate", TakeBackAsync).Needs(use);
    }

    private async Task ListAsync(HttpContext http)
    {
        var api = await NeedApiAsync(http);
        var list = await keys.ListOfApiAsync(api.Id, http.Caller().UserName);
        await JsonAnswer.WriteAsync(http, Lists.Whole<ApiBoundKeyListing>([.. list.Select(ApiBoundKeyListing.Of)]));
    }

    private async Task GenerateAsync(HttpContext http)
    {
        var api = await NeedApiAsync(http);
        var (key, text) = rules.ForApi(api, http.Caller().UserName, await JsonBody.ReadAsync<ApiBoundKeyRequest>(http));
        await keys.CreateAsync(key);
        await ApiKeyEndpoints.WriteFreshAsync(http, key, text);
    }

    private async Task RegenerateAsync(HttpContext http)
    {
        var (_, key) = await NeedKeyAsync(http, (await JsonBody.ReadAsync<ApiKeyReference>(http)).KeyUUID);
        var (next, text) = await rules.RenewAsync(key);
        await keys.ReplaceAsync(key, next);
        await ApiKeyEndpoints.WriteFreshAsync(http, next, text);
    }

    private async Task RevokeAsync(HttpContext http)
    {
        var (_, key) = await NeedKeyAsync(http, (await JsonBody.ReadAsync<ApiKeyReference>(http)).KeyUUID);
        await keys.RemoveAsync(key);
    }

    private async Task LendAsync(HttpContext http)
    {
        var wanted = await JsonBody.ReadAsync<ApiLending>(http);
        var (api, key) = await NeedKeyAsync(http, wanted.KeyUUID);
        var application = await own.NeedToChangeAsync(http.Caller(), wanted.ApplicationUUID);
        await keys.LendAsync(key, application.Id);
        await JsonAnswer.WriteAsync(http, new Lending(ApiKeyListing.NameOf(key), api.Name, application.Name));
    }

    private async Task TakeBackAsync(HttpContext http)
    {
        var (_, key) = await NeedKeyAsync(http, (await JsonBody.ReadAsync<ApiKeyReference>(http)).KeyUUID);
        await keys.LendAsync(key, null);
    }

    private Task<Api> NeedApiAsync(HttpContext http) => visible.NeedAsync(http, http.Path("apiId"));

    private async Task<(Api Api, ApiKey Key)> NeedKeyAsync(HttpContext http, string id)
    {
        var api = await NeedApiAsync(http);
        return await keys.FindAsync(api.Organization, id) is { } key && key.ApiId == api.Id && key.Owner == http.Caller().UserName
            ? (api, key)
            : throw ApiKeyEndpoints.NotFound(id);
    }
}
