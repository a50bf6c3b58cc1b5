using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Users;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Users;

/// <summary>Users: find, make, lock and unlock.</summary>
internal sealed class UserPages(UserStore users, RoleStore roles, UserRules rules)
{
    private const string Resource = AdminModule.BasePath + "/users/{userId}";

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/users", http => ShowAsync(http, null)).NeedsOnPage(RestScopes.Admin);
        pages.MapGet("/users/new", async http => await ShowFormAsync(http, await FormAsync(http))).NeedsOnPage(RestScopes.Admin);
        pages.MapPost("/users/new", CreateAsync).NeedsOnPage(RestScopes.Admin);
        pages.MapPost("/users/{userId}/lock", http => LockAsync(http, locked: true)).NeedsOnPage(RestScopes.Admin).Changes(Resource);
        pages.MapPost("/users/{userId}/unlock", http => LockAsync(http, locked: false)).NeedsOnPage(RestScopes.Admin).Changes(Resource);
    }

    private async Task ShowAsync(HttpContext http, FormProblem? problem)
    {
        var page = http.Page();
        var query = http.Query("query");
        var found = await users.ListAsync(http.Caller().Organization, query, page);
        var context = http.PageContext("Users") with
        {
            Place = "/users",
            Notice = http.Query("notice") switch
            {
                "created" => new PageNotice("ok", "The user was created and may sign in."),
                "locked" => new PageNotice("ok", "The user is locked: his sessions and tokens are refused."),
                "unlocked" => new PageNotice("ok", "The user may sign in again."),
                _ => null,
            },
        };
        await PageAnswer.WriteAsync<UsersView, UsersModel>(
            http, context, new UsersModel(found.Items, query ?? "", PageOfList.Of(http, page, found.Items.Count, found.Total), problem));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var form = await PageForm.ReadAsync(http);
        var typed = await FormAsync(http) with { Name = form.Text("username"), Roles = form.All("role") };
        await PageForm.TryAsync(
            http,
            async () =>
            {
                var wanted = new UserResource { UserName = typed.Name, Password = form.Exact("password"), Roles = typed.Roles };
                await users.CreateAsync(await rules.CreateAsync(http.Caller().Organization, wanted));
                http.GoTo("/users?notice=created");
            },
            problem => ShowFormAsync(http, typed with { Problem = problem }));
    }

    private async Task LockAsync(HttpContext http, bool locked)
    {
        var id = http.Path("userId");
        var stored = await users.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(404, "user", id);
        await PageForm.TryAsync(
            http,
            async () =>
            {
                if (locked)
                {
                    UserRules.RefuseSelf(http.Caller(), stored);
                }

                await users.SetLockedAsync(stored, locked);
                http.GoTo($"/users?notice={(locked ? "locked" : "unlocked")}");
            },
            problem => ShowAsync(http, problem));
    }

    private async Task<UserForm> FormAsync(HttpContext http) =>
        new([.. (await roles.ListAsync(http.Caller().Organization, PageRequest.Whole)).Items.Select(role => role.Name)]);

    private static Task ShowFormAsync(HttpContext http, UserForm form) => PageAnswer.WriteAsync<NewUserView, UserForm>(
        http, http.PageContext("Create user") with { Place = "/users", Crumbs = [new PageLink("Users", Portal.Admin.Link("/users"))] }, form);
}
