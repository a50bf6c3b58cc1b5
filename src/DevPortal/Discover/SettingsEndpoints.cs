using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Keys;
using Tollgate.Model;
using Tollgate.Model.Settings;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Passwords;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>What a developer's client must know before anything else: settings, key managers, organizations.</summary>
internal sealed class SettingsEndpoints(
    DevPortalOptions options, PasswordPolicy passwords, GatewayEnvironments environments, CatalogueAccess access,
    OrganizationStore organizations)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/settings", SettingsAsync).Needs(RestScopes.PortalSettings);
        routes.MapGet("/key-managers", KeyManagersAsync).Needs(RestScopes.Subscribe);
        access.Restrict(routes.MapGet("/tenants", TenantsAsync));
        routes.MapGet("/me/organization-information", OwnOrganizationAsync).Needs(RestScopes.Subscribe);
    }

    private Task SettingsAsync(HttpContext http) => JsonAnswer.WriteAsync(http, new PortalSettings
    {
        GrantTypes = KeyGrants.Offered,
        Scopes = [.. http.Caller().Scopes.Order(StringComparer.Ordinal)],
        ApplicationSharingEnabled = options.ApplicationSharing,
        MapExistingAuthApps = true,
        ApiGatewayEndpoint = string.Join(
            ',', environments.All.Take(1).SelectMany(environment => new[] { environment.HttpEndpoint, environment.HttpsEndpoint })),
        IsAnonymousModeEnabled = options.AnonymousMode,
        IsPasswordChangeEnabled = options.ChangePassword,
        PasswordPolicyPattern = passwords.Pattern,
        PasswordPolicyMinLength = passwords.MinLength,
        PasswordPolicyMaxLength = passwords.MaxLength,
        OrgWideAppUpdateEnabled = options.GroupsMayUpdate,
    });

    private Task KeyManagersAsync(HttpContext http) => JsonAnswer.WriteAsync(http, Lists.Whole([KeyManagerPage.Resident(options.BaseUrl)]));

    private async Task TenantsAsync(HttpContext http)
    {
        var page = http.Page();
        var state = http.Query("state") ?? "active";
        if (state is not ("active" or "inactive"))
        {
            throw Refusal.BadRequest("state is active or inactive.");
        }

        var found = await organizations.ListAsync(state == "active", page);
        await JsonAnswer.WriteAsync(
            http, Lists.Of(http, page, found.Total, [.. found.Items.Select(organization => new TenantPage(organization.Id, state))]));
    }

    private async Task OwnOrganizationAsync(HttpContext http)
    {
        var own = (await organizations.FindAsync(http.Caller().Organization))!;
        await JsonAnswer.WriteAsync(http, new OrganizationInformation(own.Id, own.DisplayName ?? own.Id));
    }

    private sealed record OrganizationInformation(string OrganizationId, string Name);

    private sealed record TenantPage(string Domain, string Status);
}
