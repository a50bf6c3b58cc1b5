using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Keys;
using Tollgate.Model;
using Tollgate.Model.Settings;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Passwords;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>What a developer's client must know before anything else: settings, key managers, organizations.</summary>
internal sealed class SettingsEndpoints(
    DevPortalOptions options, PasswordPolicy passwords, GatewayEnvironments environments, CatalogueAccess access)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/settings", SettingsAsync).Needs(RestScopes.PortalSettings);
        routes.MapGet("/key-managers", KeyManagersAsync).Needs(RestScopes.Subscribe);
        access.Restrict(routes.MapGet("/tenants", TenantsAsync));
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

    private static Task TenantsAsync(HttpContext http)
    {
        var page = http.Page();
        IReadOnlyList<TenantPage> all = http.Query("state") switch
        {
            null or "active" => [new TenantPage(Organization.Default, "active")],
            "inactive" => [],
            _ => throw Refusal.BadRequest("state is active or inactive."),
        };
        return JsonAnswer.WriteAsync(http, Lists.Of(http, page, all.Count, [.. all.Skip(page.Offset).Take(page.Limit)]));
    }

    private sealed record TenantPage(string Domain, string Status);
}
