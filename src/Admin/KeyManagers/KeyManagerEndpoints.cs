using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.KeyManagers;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.KeyManagers;

/// <summary>/key-managers: who may issue tokens beside the resident key manager. Stored; gateways do not accept their tokens yet.</summary>
internal sealed class KeyManagerEndpoints(KeyManagerStore keyManagers, KeyManagerRules rules)
{
    private const string What = "key manager";
    private const string ResidentId = "resident";

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] manage = [RestScopes.Admin, RestScopes.AdminOperations, RestScopes.KeyManagersManage];
        routes.MapGet("/key-managers", ListAsync).Needs(manage);
        routes.MapPost("/key-managers", CreateAsync).Needs(manage);
        routes.MapGet("/key-managers/{keyManagerId}", GetAsync).Needs(manage);
        routes.MapPut("/key-managers/{keyManagerId}", UpdateAsync).Needs(manage);
        routes.MapDelete("/key-managers/{keyManagerId}", DeleteAsync).Needs(RestScopes.Admin, RestScopes.AdminOperations);
    }

    private async Task ListAsync(HttpContext http)
    {
        var organization = http.Caller().Organization;
        var used = await keyManagers.UsedAsync(organization);
        IReadOnlyList<KeyManager> all = [Resident(organization), .. await keyManagers.ListAsync(organization)];
        await JsonAnswer.WriteAsync(
            http, Lists.Whole<KeyManagerEntry>([.. all.Select(one => KeyManagerEntry.Of(one, used.Contains(one.Name)))]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var keyManager = rules.Create(http.Caller().Organization, await JsonBody.ReadAsync<KeyManagerResource>(http));
        await keyManagers.CreateAsync(keyManager);
        EntityTag.Set(http, keyManager.RowVersion);
        await JsonAnswer.CreatedAsync(http, $"{AdminModule.BasePath}/key-managers/{keyManager.Id}", KeyManagerResource.Of(keyManager));
    }

    private async Task GetAsync(HttpContext http)
    {
        var keyManager = await NeedAsync(http);
        if (!EntityTag.NotModified(http, keyManager.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, KeyManagerResource.Of(keyManager));
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await NeedStoredAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var changed = KeyManagerRules.Change(stored, await JsonBody.ReadAsync<KeyManagerResource>(http));
        await keyManagers.UpdateAsync(changed);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, KeyManagerResource.Of(changed));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await NeedStoredAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        await keyManagers.DeleteAsync(stored);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task<KeyManager> NeedStoredAsync(HttpContext http) => await NeedAsync(http) is { Id: not ResidentId } stored
        ? stored
        : throw Refusal.BadRequest("The resident key manager is part of the product; it is set up in the configuration file.");

    private async Task<KeyManager> NeedAsync(HttpContext http)
    {
        var (organization, id) = (http.Caller().Organization, http.Path("keyManagerId"));
        return id == ResidentId ? Resident(organization)
            : await keyManagers.FindAsync(organization, id) ?? throw Refusal.NotFound(404, What, id);
    }

    private static KeyManager Resident(string organization) => new()
    {
        Id = ResidentId,
        Organization = organization,
        Name = Credential.ResidentKeyManager,
        Type = "default",
        Terms = new KeyManagerTerms
        {
            Description = "Part of the product",
            EnableTokenGeneration = true,
            EnableOAuthAppCreation = true,
            ConsumerKeyClaim = "azp",
            ScopesClaim = "scope",
        },
    };
}
