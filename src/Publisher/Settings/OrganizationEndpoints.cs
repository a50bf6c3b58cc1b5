using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.KeyManagers;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Settings;

/// <summary>What a publisher may choose from beside plans: organizations, the parts of his own, key managers.</summary>
internal sealed class OrganizationEndpoints(OrganizationStore organizations, SubOrganizationStore parts, KeyManagerStore keyManagers)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        string[] view = [RestScopes.ApiView, RestScopes.ApiManage];
        routes.MapGet("/tenants", TenantsAsync).Needs(view);
        routes.MapMethods("/tenants/{tenantDomain}", [HttpMethods.Head], ExistsAsync).Needs(view);
        routes.MapGet("/organizations", PartsAsync).Needs([.. view, RestScopes.ApiImportExport]);
        routes.MapGet("/me/organization-information", OwnAsync).Needs(view);
        routes.MapGet("/key-managers", KeyManagersAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish);
    }

    private async Task TenantsAsync(HttpContext http)
    {
        var page = http.Page();
        var isActive = http.Query("state") switch
        {
            null or "active" => true,
            "inactive" => false,
            _ => throw Refusal.BadRequest("state is active or inactive."),
        };
        var found = await organizations.ListAsync(isActive, page);
        var status = isActive ? "active" : "inactive";
        await JsonAnswer.WriteAsync(
            http, Lists.Of(http, page, found.Total, [.. found.Items.Select(organization => new Tenant(organization.Id, status))]));
    }

    private async Task ExistsAsync(HttpContext http) => http.Response.StatusCode =
        await organizations.IsActiveAsync(http.Path("tenantDomain")) ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;

    private async Task PartsAsync(HttpContext http)
    {
        var all = await parts.ListAsync(http.Caller().Organization);
        await JsonAnswer.WriteAsync(http, Lists.Whole<Part>(
            [.. all.Select(part => new Part(part.Id, part.ExternalId, part.Organization, part.DisplayName, part.Description))]));
    }

    private async Task OwnAsync(HttpContext http)
    {
        var own = (await organizations.FindAsync(http.Caller().Organization))!;
        await JsonAnswer.WriteAsync(http, new OrganizationInformation(own.Id, own.DisplayName ?? own.Id));
    }

    private async Task KeyManagersAsync(HttpContext http)
    {
        var resident = new KeyManagerEntry(
            "resident", Credential.ResidentKeyManager, "default", Credential.ResidentKeyManager, "The key manager of this deployment.", true);
        var others = (await keyManagers.ListAsync(http.Caller().Organization)).Where(each => each.Name != Credential.ResidentKeyManager)
            .Select(each => new KeyManagerEntry(
                each.Id, each.Name, each.Type, each.Terms.DisplayName, each.Terms.Description, each.Terms.Enabled));
        await JsonAnswer.WriteAsync(http, Lists.Whole<KeyManagerEntry>([resident, .. others]));
    }

    private sealed record Tenant(string Domain, string Status);

    private sealed record Part(
        string OrganizationId, string ExternalOrganizationId, string ParentOrganizationId, string? DisplayName, string? Description);

    private sealed record OrganizationInformation(string OrganizationId, string Name);

    private sealed record KeyManagerEntry(string Id, string Name, string Type, string? DisplayName, string? Description, bool Enabled);
}
