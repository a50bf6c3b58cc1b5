using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Organizations;

/// <summary>/tenant-info and /custom-urls: what scripts of the field ask about an organization.</summary>
internal sealed class TenantInfoEndpoints(OrganizationStore organizations, UserStore users, UserNames names)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tenant-info/{username}", OfUserAsync).Needs(RestScopes.Admin, RestScopes.TenantInfo);
        routes.MapGet("/custom-urls/{tenantDomain}", UrlsAsync).Needs(RestScopes.Admin, RestScopes.TenantInfo);
    }

    private async Task OfUserAsync(HttpContext http)
    {
        var caller = http.Caller();
        var sent = http.Path("username");
        var (organization, name) = sent.Contains('@', StringComparison.Ordinal) ? await names.SplitAsync(sent) : (caller.Organization, sent);
        if (!MayAskAbout(caller, organization) || await users.FindByNameAsync(organization, name) is not { } user)
        {
            throw Refusal.NotFound(404, "user", sent);
        }

        var found = (await organizations.FindAsync(organization))!;
        await JsonAnswer.WriteAsync(http, new TenantInfo(user.Name, found.Id, found.Number));
    }

    private async Task UrlsAsync(HttpContext http)
    {
        var id = http.Path("tenantDomain");
        if (!MayAskAbout(http.Caller(), id) || await organizations.FindAsync(id) is not { } organization)
        {
            throw Refusal.NotFound(404, "organization", id);
        }

        // Portals have one address for all organizations.
        await JsonAnswer.WriteAsync(http, new CustomUrls(organization.Id, false));
    }

    private static bool MayAskAbout(Caller caller, string organization) =>
        caller.Organization == organization || caller.Organization == Organization.Default;

    private sealed record TenantInfo(string Username, string TenantDomain, long TenantId);

    private sealed record CustomUrls(string TenantDomain, bool Enabled);
}
