using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Register;
using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Applications;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Keys;

/// <summary>Keys of an application: generate, list, change, remove, regenerate the secret.</summary>
internal sealed class KeyEndpoints(CredentialStore credentials, OwnApplications own, OwnKeys keys, KeyRules rules)
{
    public const string ByMapping = "/applications/{applicationId}/oauth-keys/{keyMappingId}";

    /// <summary>The older paths, from the time when there was one key manager.</summary>
    public const string ByType = "/applications/{applicationId}/keys/{keyType}";

    public static readonly string[] Use = [RestScopes.ApplicationManage, RestScopes.Subscribe];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/applications/{applicationId}/generate-keys", GenerateAsync).Needs(Use);
        foreach (var (list, one) in new[] { ("oauth-keys", ByMapping), ("keys", ByType) })
        {
            routes.MapGet("/applications/{applicationId}/" + list, ListAsync).Needs(Use);
            routes.MapGet(one, GetAsync).Needs(Use);
            routes.MapPut(one, UpdateAsync).Needs(Use);
            routes.MapPost(one + "/regenerate-secret", RegenerateAsync).Needs(Use);
            routes.MapPost(one + "/clean-up", RemoveAsync).Needs(Use);
        }

        routes.MapDelete(ByMapping, RemoveAsync).Needs(Use);
    }

    private async Task GenerateAsync(HttpContext http)
    {
        var application = await own.NeedAsync(http.Caller(), http.Path("applicationId"));
        if (!Application.MayBeUsed(application.Status))
        {
            throw Refusal.BadRequest("The application is not approved; there are no keys for it yet.");
        }

        var (credential, secret) = rules.Create(application, await JsonBody.ReadAsync<KeyRequest>(http));
        await credentials.CreateAsync(credential);
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(http, KeyResource.Of(credential, secret));
    }

    private async Task ListAsync(HttpContext http)
    {
        var application = await own.NeedAsync(http.Caller(), http.Path("applicationId"));
        IReadOnlyList<KeyResource> list = [.. (await credentials.ListAsync(application.Id)).Select(credential => KeyResource.Of(credential))];
        await JsonAnswer.WriteAsync(http, Lists.Whole(list));
    }

    private async Task GetAsync(HttpContext http) => await JsonAnswer.WriteAsync(http, KeyResource.Of(await keys.NeedAsync(http)));

    private async Task UpdateAsync(HttpContext http)
    {
        var changed = KeyRules.Change(await keys.NeedToChangeAsync(http), await JsonBody.ReadAsync<KeyChange>(http));
        await credentials.UpdateAsync(changed);
        await JsonAnswer.WriteAsync(http, KeyResource.Of(changed));
    }

    // Keys are made in one step, so that there is nothing half-made to clean up: it removes them, as deleting does.
    private async Task RemoveAsync(HttpContext http)
    {
        await credentials.DeleteAsync(await keys.NeedToChangeAsync(http));
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task RegenerateAsync(HttpContext http)
    {
        var credential = await keys.NeedWithSecretAsync(http);
        var secret = GeneratedSecret.New();
        await credentials.ReplaceSecretAsync(credential.ConsumerKey, GeneratedSecret.Hash(secret));
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(http, new RegeneratedSecret(credential.ConsumerKey, secret));
    }
}
