using Microsoft.AspNetCore.Http;
using Tollgate.DevPortal.Register;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Applications;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Keys;

/// <summary>Finds the keys that a path names: by the id of their mapping, or in the older paths by their type.</summary>
internal sealed class OwnKeys(OwnApplications own, CredentialStore credentials)
{
    /// <summary>Keys that the caller may see and use.</summary>
    public async Task<Credential> NeedAsync(HttpContext http) =>
        await FindAsync(http, await own.NeedAsync(http.Caller(), http.Path("applicationId")));

    /// <summary>Keys that the caller may change.</summary>
    public async Task<Credential> NeedToChangeAsync(HttpContext http) =>
        await FindAsync(http, await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId")));

    /// <summary>Keys whose secret the caller may change. That of a mapped client belongs to its registration, which outlives the mapping.</summary>
    public async Task<Credential> NeedWithSecretAsync(HttpContext http) =>
        await NeedToChangeAsync(http) is { IsMapped: false } credential
            ? credential
            : throw Refusal.Forbidden("The client was registered elsewhere; its secret cannot be changed here.");

    private async Task<Credential> FindAsync(HttpContext http, Application application)
    {
        var named = Named(http);
        return (await credentials.ListAsync(application.Id)).FirstOrDefault(
            credential => named(credential.KeyMappingId, credential.KeyType, credential.KeyManager)) ?? throw NotThere(http);
    }

    /// <summary>Whether the path means keys with this mapping id, type and key manager.</summary>
    public static Func<string, KeyType, string, bool> Named(HttpContext http)
    {
        if (MappingId(http) is { } id)
        {
            return (mapping, _, _) => mapping == id;
        }

        var wanted = KeyRules.KeyTypeOf(http.Path("keyType"));
        return (_, keyType, keyManager) => keyType == wanted && keyManager == Credential.ResidentKeyManager;
    }

    public static Refusal NotThere(HttpContext http) =>
        MappingId(http) is { } id ? Refusal.NotFound(404, "key mapping", id) : Refusal.NotFound(404, "key", http.Path("keyType"));

    private static string? MappingId(HttpContext http) => http.Request.RouteValues["keyMappingId"] as string;
}
