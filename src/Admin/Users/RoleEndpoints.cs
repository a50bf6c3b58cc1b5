using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Users;

/// <summary>A role as administrators see it.</summary>
internal sealed record RoleResource
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public static RoleResource Of(Role role) => new() { Id = role.Id, Name = role.Name, Scopes = role.Scopes };
}

/// <summary>/roles: roles with the REST scopes they permit.</summary>
internal sealed class RoleEndpoints(RoleStore roles, SignInOptions signIn, TimeProvider time)
{
    private const string What = "role";

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] manage = [RestScopes.Admin, RestScopes.RoleManage];
        routes.MapGet("/roles", ListAsync).Needs(manage);
        routes.MapPost("/roles", CreateAsync).Needs(manage);
        routes.MapGet("/roles/{roleId}", GetAsync).Needs(manage);
        routes.MapPut("/roles/{roleId}", UpdateAsync).Needs(manage);
        routes.MapDelete("/roles/{roleId}", DeleteAsync).Needs(manage);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var found = await roles.ListAsync(http.Caller().Organization, page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(RoleResource.Of)]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var wanted = await JsonBody.ReadAsync<RoleResource>(http);
        var role = new Role
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Organization = http.Caller().Organization,
            Name = CheckName(wanted.Name),
            Scopes = CheckScopes(http.Caller(), wanted.Scopes),
            RowVersion = 1,
        };
        await roles.CreateAsync(role);
        EntityTag.Set(http, role.RowVersion);
        await JsonAnswer.CreatedAsync(http, $"{AdminModule.BasePath}/roles/{role.Id}", RoleResource.Of(role));
    }

    private async Task GetAsync(HttpContext http)
    {
        var role = await NeedAsync(http);
        if (!EntityTag.NotModified(http, role.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, RoleResource.Of(role));
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        RefuseAdministrator(stored);
        var wanted = await JsonBody.ReadAsync<RoleResource>(http);
        if (wanted.Name is not null && wanted.Name != stored.Name)
        {
            throw Refusal.BadRequest("A role cannot be renamed: scopes and plans refer to it by name.");
        }

        var changed = stored with { Scopes = CheckScopes(http.Caller(), wanted.Scopes) };
        await roles.UpdateAsync(changed);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, RoleResource.Of(changed));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        RefuseAdministrator(stored);
        await roles.DeleteAsync(stored);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task<Role> NeedAsync(HttpContext http)
    {
        var id = http.Path("roleId");
        return await roles.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(404, What, id);
    }

    private void RefuseAdministrator(Role role)
    {
        if (role.Name.Equals(signIn.AdminRole, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.Conflict(409, "Administrator role", $"The role '{role.Name}' keeps the system administrable and stays as it is.");
        }
    }

    // Nobody grants what he does not hold himself, or a role manager could make himself administrator.
    private static IReadOnlyList<string> CheckScopes(Caller caller, IReadOnlyList<string> scopes)
    {
        foreach (var scope in scopes)
        {
            Scope.CheckName(scope);
            if (!caller.Has(scope) && !caller.Has(RestScopes.Admin))
            {
                throw Refusal.Forbidden($"You cannot grant the scope '{scope}', which you do not hold.");
            }
        }

        return scopes;
    }

    private static string CheckName(string? name) =>
        name is { Length: >= 1 and <= 100 } && name.All(c => char.IsAsciiLetterOrDigit(c) || "._-/".Contains(c))
            ? name
            : throw Refusal.BadRequest("name has 1 to 100 letters, digits and . _ - /.");
}
