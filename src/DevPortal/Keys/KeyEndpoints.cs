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

/// <summary>Keys of an application: generate, list, regenerate the secret.</summary>
internal sealed class KeyEndpoints(CredentialStore credentials, OwnApplications own, KeyRules rules)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        string[] use = [RestScopes.ApplicationManage, RestScopes.Subscribe];
        routes.MapPost("/applications/{applicationId}/generate-keys", GenerateAsync).Needs(use);
        routes.MapGet("/applications/{applicationId}/oauth-keys", ListAsync).Needs(use);
        routes.MapGet("/applications/{applicationId}/oauth-keys/{keyMappingId}", GetAsync).Needs(use);
        routes.MapPost("/applications/{applicationId}/oauth-keys/{keyMappingId}/regenerate-secret", RegenerateAsync).Needs(use);
    }

    private async Task GenerateAsync(HttpContext http)
    {
        var application = await own.NeedAsync(http.Caller(), http.Path("applicationId"));
        var (credential, secret) = rules.Create(application, await JsonBody.ReadAsync<KeyRequest>(http));
        await credentials.CreateAsync(credential);
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(http, KeyResource.Of(credential, secret));
    }

    private async Task ListAsync(HttpContext http)
    {
        var application = await own.NeedAsync(http.Caller(), http.Path("applicationId"));
        IReadOnlyList<KeyResource> keys = [.. (await credentials.ListAsync(application.Id)).Select(credential => KeyResource.Of(credential, null))];
        await JsonAnswer.WriteAsync(http, Lists.Whole(keys));
    }

    private async Task GetAsync(HttpContext http) => await JsonAnswer.WriteAsync(http, KeyResource.Of(await NeedAsync(http), null));

    private async Task RegenerateAsync(HttpContext http)
    {
        var credential = await NeedAsync(http);
        var secret = GeneratedSecret.New();
        await credentials.ReplaceSecretAsync(credential.ConsumerKey, GeneratedSecret.Hash(secret));
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(http, new RegeneratedSecret(credential.ConsumerKey, secret));
    }

    private async Task<Credential> NeedAsync(HttpContext http)
    {
        var application = await own.NeedAsync(http.Caller(), http.Path("applicationId"));
        var id = http.Path("keyMappingId");
        return (await credentials.ListAsync(application.Id)).FirstOrDefault(credential => credential.KeyMappingId == id)
            ?? throw Refusal.NotFound(404, "key mapping", id);
    }
}
