using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Admin.Plans;
using Tollgate.Admin.Users;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.FirstStart;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Organizations;

/// <summary>An organization as the administrators of the first one see it; the administrator's password only goes in.</summary>
internal sealed record TenantResource
{
    public string? TenantDomain { get; init; }

    public long TenantId { get; init; }

    public string? DisplayName { get; init; }

    public bool Active { get; init; } = true;

    public string? CreatedTime { get; init; }

    public TenantAdministrator? Administrator { get; init; }

    public static TenantResource Of(Organization organization) => new()
    {
        TenantDomain = organization.Id,
        TenantId = organization.Number,
        DisplayName = organization.DisplayName,
        Active = organization.Active,
        CreatedTime = RestTime.Milliseconds(organization.CreatedAt),
    };
}

/// <summary>The first user of an organization.</summary>
internal sealed record TenantAdministrator(string? UserName, string? Password);

/// <summary>
/// /tenants: organizations, made and ended by administrators of the first one. The field's contract leaves them to another console and
/// calls parts of an organization /organizations; so this resource is ours.
/// </summary>
internal sealed class TenantEndpoints(
    OrganizationStore organizations, OrganizationStates states, SeedOrganization seed, SeedPolicies policies, UserRules userRules, UserStore users,
    TimeProvider time)
{
    private const string What = "organization";
    private const int MaxDisplayName = 255;

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] manage = [RestScopes.Admin];
        routes.MapGet("/tenants", ListAsync).Needs(manage);
        routes.MapPost("/tenants", CreateAsync).Needs(manage);
        routes.MapGet("/tenants/{tenantDomain}", GetAsync).Needs(manage);
        routes.MapPut("/tenants/{tenantDomain}", UpdateAsync).Needs(manage);
    }

    private async Task ListAsync(HttpContext http)
    {
        RefuseOthers(http);
        var page = http.Page();
        var found = await organizations.ListAsync(page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(TenantResource.Of)]));
    }

    // The organization itself is written last: until then nobody can sign in, and a broken attempt can be repeated.
    private async Task CreateAsync(HttpContext http)
    {
        RefuseOthers(http);
        var wanted = await JsonBody.ReadAsync<TenantResource>(http);
        var id = Organization.CheckId(wanted.TenantDomain);
        var name = User.CheckName(wanted.Administrator?.UserName);
        var password = userRules.CheckPassword(wanted.Administrator?.Password);
        CheckDisplayName(wanted.DisplayName);
        if (await organizations.FindAsync(id) is not null)
        {
            throw OrganizationStore.Taken(id);
        }

        await policies.RunAsync(id);
        await seed.RolesAsync(id);
        if (await users.FindByNameAsync(id, name) is { } left)
        {
            await users.DeleteAsync(left);
        }

        await seed.AdministratorAsync(id, name, password);
        var created = await organizations.CreateAsync(new Organization
        {
            Id = id,
            DisplayName = wanted.DisplayName,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            RowVersion = 1,
        });
        EntityTag.Set(http, created.RowVersion);
        await JsonAnswer.CreatedAsync(http, $"{AdminModule.BasePath}/tenants/{id}", TenantResource.Of(created));
    }

    private async Task GetAsync(HttpContext http)
    {
        var organization = await NeedAsync(http);
        if (!EntityTag.NotModified(http, organization.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, TenantResource.Of(organization));
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var wanted = await JsonBody.ReadAsync<TenantResource>(http);
        CheckDisplayName(wanted.DisplayName);
        if (stored.Id == Organization.Default)
        {
            throw Refusal.Conflict(409, "First organization", $"'{Organization.Default}' keeps the system administrable and stays as it is.");
        }

        var changed = stored with { DisplayName = wanted.DisplayName, Active = wanted.Active };
        await organizations.UpdateAsync(changed);
        await states.SetAsync(stored.Id, wanted.Active);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, TenantResource.Of(changed));
    }

    private async Task<Organization> NeedAsync(HttpContext http)
    {
        RefuseOthers(http);
        var id = http.Path("tenantDomain");
        return await organizations.FindAsync(id) ?? throw Refusal.NotFound(404, What, id);
    }

    private static void CheckDisplayName(string? name)
    {
        if (name?.Length > MaxDisplayName)
        {
            throw Refusal.BadRequest($"displayName has at most {MaxDisplayName} characters.");
        }
    }

    private static void RefuseOthers(HttpContext http)
    {
        if (http.Caller().Organization != Organization.Default)
        {
            throw Refusal.Forbidden($"Organizations are managed by administrators of '{Organization.Default}'.");
        }
    }
}
