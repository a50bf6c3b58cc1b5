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
internal sealed class KeyEndpoints(CredentialStore credentials, OwnApplications own, OwnKeys keys, KeyRules rules, KeyApprovals approvals)
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
        var application = await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId"));
        if (!Application.MayBeUsed(application.Status))
        {
            throw Refusal.BadRequest("The application is not approved; there are no keys for it yet.");
        }

        var (credential, secret) = rules.Create(application, await JsonBody.ReadAsync<KeyRequest>(http));
        var given = await approvals.CreateAsync(http.Caller(), application, credential, secret);
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(http, given);
    }

    private async Task ListAsync(HttpContext http)
    {
        var application = await own.NeedAsync(http.Caller(), http.Path("applicationId"));
        await JsonAnswer.WriteAsync(http, Lists.Whole(await approvals.ListAsync(application)));
    }

    private async Task GetAsync(HttpContext http)
    {
        var application = await own.NeedAsync(http.Caller(), http.Path("applicationId"));
        var named = OwnKeys.Named(http);
        var found = (await approvals.ListAsync(application)).FirstOrDefault(
            key => named(key.KeyMappingId, EnumText<KeyType>.Parse(key.KeyType), key.KeyManager));
        await JsonAnswer.WriteAsync(http, found ?? throw OwnKeys.NotThere(http));
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var changed = KeyRules.Change(await keys.NeedToChangeAsync(http), await JsonBody.ReadAsync<KeyChange>(http));
        await credentials.UpdateAsync(changed);
        await JsonAnswer.WriteAsync(http, KeyResource.Of(changed));
    }

    // Keys are made in one step, so that there is nothing half-made to clean up: it removes them, as deleting does. A request for keys is taken back.
    private async Task RemoveAsync(HttpContext http)
    {
        var application = await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId"));
        var named = OwnKeys.Named(http);
        var withdrawn = await approvals.WithdrawAsync(application, key => named(key.KeyMappingId, key.KeyType, key.KeyManager));
        var present = (await credentials.ListAsync(application.Id)).FirstOrDefault(key => named(key.KeyMappingId, key.KeyType, key.KeyManager));
        if (present is not null)
        {
            await credentials.DeleteAsync(present);
        }
        else if (!withdrawn)
        {
            throw OwnKeys.NotThere(http);
        }

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
