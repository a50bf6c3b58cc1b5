using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Users;

/// <summary>/users: create, lock, unlock, change roles, delete.</summary>
internal sealed class UserEndpoints(UserStore users, UserRules rules)
{
    private const string What = "user";

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] manage = [RestScopes.Admin];
        routes.MapGet("/users", ListAsync).Needs(manage);
        routes.MapPost("/users", CreateAsync).Needs(manage);
        routes.MapGet("/users/{userId}", GetAsync).Needs(manage);
        routes.MapPut("/users/{userId}", UpdateAsync).Needs(manage);
        routes.MapDelete("/users/{userId}", DeleteAsync).Needs(manage);
        routes.MapPost("/users/{userId}/lock", http => LockAsync(http, locked: true)).Needs(manage);
        routes.MapPost("/users/{userId}/unlock", http => LockAsync(http, locked: false)).Needs(manage);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var found = await users.ListAsync(http.Caller().Organization, http.Query("query"), page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(UserResource.Of)]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var user = await rules.CreateAsync(http.Caller().Organization, await JsonBody.ReadAsync<UserResource>(http));
        await users.CreateAsync(user);
        EntityTag.Set(http, user.RowVersion);
        await JsonAnswer.CreatedAsync(http, $"{AdminModule.BasePath}/users/{user.Id}", UserResource.Of(user));
    }

    private async Task GetAsync(HttpContext http)
    {
        var user = await NeedAsync(http);
        if (!EntityTag.NotModified(http, user.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, UserResource.Of(user));
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var wanted = await JsonBody.ReadAsync<UserResource>(http);
        if (wanted.Password is not null || (wanted.UserName is not null && wanted.UserName != stored.Name))
        {
            throw Refusal.BadRequest("Only roles and attributes of a user can be changed here; the name stays and passwords are changed by their owners.");
        }

        var changed = stored with
        {
            Roles = await rules.RolesAsync(stored.Organization, wanted.Roles ?? stored.Roles),
            Attributes = UserRules.Attributes(wanted.Attributes ?? stored.Attributes),
        };
        await users.UpdateRolesAsync(changed);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, UserResource.Of(changed));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        UserRules.RefuseSelf(http.Caller(), stored);
        await users.DeleteAsync(stored);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task LockAsync(HttpContext http, bool locked)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        if (locked)
        {
            UserRules.RefuseSelf(http.Caller(), stored);
        }

        await users.SetLockedAsync(stored, locked);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, UserResource.Of(stored with { Locked = locked }));
    }

    private async Task<User> NeedAsync(HttpContext http)
    {
        var id = http.Path("userId");
        return await users.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(404, What, id);
    }
}
