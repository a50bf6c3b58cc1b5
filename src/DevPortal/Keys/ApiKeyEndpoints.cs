using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Register;
using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Applications;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Keys;

/// <summary>API keys of an application: its own, and keys of APIs that are lent to it.</summary>
internal sealed class ApiKeyEndpoints(ApiKeyStore keys, ApiStore apis, OwnApplications own, ApiKeyRules rules)
{
    private const string Path = "/applications/{applicationId}/api-keys/{keyType}";

    public static IReadOnlyList<string> Scopes { get; } = [RestScopes.ApiKey, RestScopes.ApplicationManage, RestScopes.Subscribe];

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] use = [.. Scopes];
        routes.MapGet(Path, ListAsync).Needs(use);
        routes.MapPost(Path + "/generate", GenerateAsync).Needs(use);
        routes.MapPost(Path + "/regenerate", RegenerateAsync).Needs(use);
        routes.MapPost(Path + "/revoke", RevokeAsync).Needs(use);
        routes.MapGet(Path + "/subscriptions", ListLendableAsync).Needs(use);
        routes.MapGet(Path + "/associations", ListLentAsync).Needs(use);
        routes.MapPost(Path + "/associate", LendAsync).Needs(use);
        routes.MapPost(Path + "/dissociate", TakeBackAsync).Needs(use);
    }

    private async Task ListAsync(HttpContext http)
    {
        var (application, keyType) = await NeedAsync(http);
        var list = await keys.ListOfApplicationAsync(application.Id, keyType);
        await JsonAnswer.WriteAsync(http, Lists.Whole<ApiKeyListing>([.. list.Select(ApiKeyListing.Of)]));
    }

    private async Task GenerateAsync(HttpContext http)
    {
        var application = await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId"));
        // The contract lets the body be missing.
        var wanted = http.Request.ContentLength is null or 0 && http.Request.ContentType is null
            ? new ApiKeyRequest()
            : await JsonBody.ReadAsync<ApiKeyRequest>(http);
        var (key, text) = await rules.ForApplicationAsync(application, http.Path("keyType"), http.Caller().UserName, wanted);
        await keys.CreateAsync(key);
        await WriteFreshAsync(http, key, text);
    }

    private async Task RegenerateAsync(HttpContext http)
    {
        var (application, keyType) = await NeedToChangeAsync(http);
        var key = await OwnKeyAsync(http, application, keyType, (await JsonBody.ReadAsync<ApiKeyReference>(http)).KeyUUID);
        var (next, text) = await rules.RenewAsync(key);
        await keys.ReplaceAsync(key, next);
        await WriteFreshAsync(http, next, text);
    }

    private async Task RevokeAsync(HttpContext http)
    {
        var (application, keyType) = await NeedToChangeAsync(http);
        var wanted = await JsonBody.ReadAsync<ApiKeyRevocation>(http);
        var key = wanted switch
        {
            { KeyUUID: { Length: > 0 } id, Apikey: null } => await OwnKeyAsync(http, application, keyType, id),
            { KeyUUID: null, Apikey: { Length: > 0 } text } => Own(
                await keys.FindByHashAsync(application.Organization, GeneratedSecret.Hash(text)), application, keyType, "with this text"),
            _ => throw Refusal.BadRequest("Name the key by keyUUID or by apikey, one of them."),
        };
        await keys.RemoveAsync(key);
    }

    private async Task ListLendableAsync(HttpContext http)
    {
        var (application, keyType) = await NeedAsync(http);
        var list = await keys.ListLendableAsync(application, http.Caller().UserName, keyType);
        await JsonAnswer.WriteAsync(http, Lists.Whole<LendableKeyListing>([.. list.Select(LendableKeyListing.Of)]));
    }

    private async Task ListLentAsync(HttpContext http)
    {
        var (application, keyType) = await NeedAsync(http);
        var list = await keys.ListLentAsync(application.Id, keyType);
        await JsonAnswer.WriteAsync(http, Lists.Whole<LentKeyListing>([.. list.Select(LentKeyListing.Of)]));
    }

    private async Task LendAsync(HttpContext http)
    {
        var (application, keyType) = await NeedToChangeAsync(http);
        var wanted = await JsonBody.ReadAsync<ApplicationLending>(http);
        var key = await keys.FindAsync(application.Organization, wanted.KeyUUID);
        if (key is null || key.Owner != http.Caller().UserName || key.ApiId != wanted.ApiUUID || key.KeyType != keyType)
        {
            throw NotFound(wanted.KeyUUID);
        }

        await keys.LendAsync(key, application.Id);
        var api = await apis.FindAsync(application.Organization, wanted.ApiUUID);
        await JsonAnswer.WriteAsync(http, new Lending(ApiKeyListing.NameOf(key), api?.Name ?? "", application.Name));
    }

    private async Task TakeBackAsync(HttpContext http)
    {
        var (application, keyType) = await NeedToChangeAsync(http);
        var wanted = await JsonBody.ReadAsync<ApiKeyReference>(http);
        var key = await keys.FindAsync(application.Organization, wanted.KeyUUID);
        if (key is not { ApiId: not null } || key.ApplicationId != application.Id || key.KeyType != keyType)
        {
            throw NotFound(wanted.KeyUUID);
        }

        await keys.LendAsync(key, null);
    }

    // Whom an application is shared with sees its keys; making and ending them is a change.
    private async Task<(Application Application, KeyType KeyType)> NeedToChangeAsync(HttpContext http) =>
        (await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId")), ApiKeyRules.TypeOf(http.Path("keyType")));

    private async Task<(Application Application, KeyType KeyType)> NeedAsync(HttpContext http) =>
        (await own.NeedAsync(http.Caller(), http.Path("applicationId")), ApiKeyRules.TypeOf(http.Path("keyType")));

    private async Task<ApiKey> OwnKeyAsync(HttpContext http, Application application, KeyType keyType, string id) =>
        Own(await keys.FindAsync(http.Caller().Organization, id), application, keyType, id);

    private static ApiKey Own(ApiKey? key, Application application, KeyType keyType, string id) =>
        key is { ApiId: null } && key.ApplicationId == application.Id && key.KeyType == keyType ? key : throw NotFound(id);

    public static Task WriteFreshAsync(HttpContext http, ApiKey key, string text)
    {
        http.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.WriteAsync(http, FreshApiKey.Of(key, text));
    }

    public static Refusal NotFound(string id) => Refusal.NotFound(404, "API key", id);
}
