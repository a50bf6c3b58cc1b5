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
        var all = await credentials.ListAsync(application.Id);
        if (http.Request.RouteValues["keyMappingId"] is string id)
        {
            return all.FirstOrDefault(credential => credential.KeyMappingId == id) ?? throw Refusal.NotFound(404, "key mapping", id);
        }

        var keyType = KeyRules.KeyTypeOf(http.Path("keyType"));
        return all.FirstOrDefault(credential => credential.KeyType == keyType && credential.KeyManager == Credential.ResidentKeyManager)
            ?? throw Refusal.NotFound(404, "key", EnumText<KeyType>.Of(keyType));
    }
}
