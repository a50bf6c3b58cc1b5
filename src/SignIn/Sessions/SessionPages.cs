using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.Passwords;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.SignIn.Sessions;

/// <summary>What every portal has beside its own pages: signing in and out, its files, and the way to its first page.</summary>
public sealed class SessionPages(PasswordSignIn passwords, UserNames names)
{
    private const int LongestPassword = 1024;

    /// <param name="routes">The node's routes.</param>
    /// <param name="portal">The portal.</param>
    /// <param name="signUp">Where visitors make an account, below the portal; null where they cannot.</param>
    public void Map(IEndpointRouteBuilder routes, Portal portal, string? signUp = null)
    {
        var group = routes.MapGroup(portal.Path);
        group.MapGet("/", http => { http.Response.Redirect(portal.Link(portal.Home)); return Task.CompletedTask; })
            .VisitorsOnPage("Leads to the first page.");
        group.MapGet("/assets/{name}", http => PortalAssets.Own.WriteAsync(http, http.Path("name"))).Open("Stylesheet and scripts of the pages.");
        group.MapGet("/sign-in", http => ShowAsync(http, portal, new SignInModel("", http.Query("to") ?? "", null) { SignUpAddress = Address(portal, signUp) }))
            .VisitorsOnPage("Where people sign in.");
        group.MapPost("/sign-in", http => SignInAsync(http, portal, Address(portal, signUp))).VisitorsOnPage("Where people sign in.")
            .Unaudited("Changes nothing; wrong passwords are counted at the user.");
        group.MapPost("/sign-out", http => SignOut(http, portal)).VisitorsOnPage("Ends a session.")
            .Unaudited("Changes nothing but the browser's cookie.");
    }

    private static string? Address(Portal portal, string? signUp) => signUp is null ? null : portal.Link(signUp);

    private static Task ShowAsync(HttpContext http, Portal portal, SignInModel model, int status = StatusCodes.Status200OK) =>
        PageAnswer.WriteAsync<SignInView, SignInModel>(http, http.PageContext($"Sign in to the {portal.Name}"), model, status);

    private async Task SignInAsync(HttpContext http, Portal portal, string? signUp)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (name, password, to) = (form["username"].ToString().Trim(), form["password"].ToString(), form["to"].ToString());
        var (organization, userName) = await names.SplitAsync(name);
        var user = password.Length is 0 or > LongestPassword ? null : await passwords.CheckAsync(organization, userName, password);
        if (user is null)
        {
            await ShowAsync(
                http, portal,
                new SignInModel(name, to, "User name or password is wrong, or the account has to wait after too many tries.") { SignUpAddress = signUp },
                StatusCodes.Status401Unauthorized);
            return;
        }

        http.SignIn(user);
        PageAnswer.SeeOther(http, LocalAddress.Of(portal, to));
    }

    private static Task SignOut(HttpContext http, Portal portal)
    {
        SessionCookies.Delete(http, portal);
        PageAnswer.SeeOther(http, portal.Link(portal.TakesVisitors ? portal.Home : "/sign-in"));
        return Task.CompletedTask;
    }
}
