using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Sessions;
using Tollgate.Web.Pages;

namespace Tollgate.DevPortal.Join;

/// <summary>The page on which a visitor makes an account; with it he is signed in.</summary>
internal sealed class SignUpPages(SignUpDoor door)
{
    public const string Path = "/sign-up";

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, http =>
        {
            door.RefuseClosed();
            return ShowAsync(http, new SignUpModel());
        }).VisitorsOnPage("Where visitors make an account.");
        pages.MapPost(Path, SignUpAsync).VisitorsOnPage("Where visitors make an account; limited per address.");
    }

    private async Task SignUpAsync(HttpContext http)
    {
        var form = await PageForm.ReadAsync(http);
        var typed = new SignUpModel
        {
            UserName = form.Text("username"),
            FirstName = form.Text("first_name"),
            LastName = form.Text("last_name"),
            Email = form.Text("email"),
        };
        await PageForm.TryAsync(
            http,
            async () =>
            {
                door.Knock(http);
                var (user, approved) = await door.EnterAsync(new SignUpRequest
                {
                    Username = typed.UserName,
                    Password = form.Exact("password"),
                    FirstName = typed.FirstName,
                    LastName = typed.LastName,
                    Email = typed.Email,
                });
                if (approved)
                {
                    http.SignIn(user);
                    http.GoTo("/apis");
                }
                else
                {
                    await ShowAsync(http, typed with { Waits = true });
                }
            },
            problem => ShowAsync(http, typed with { Problem = problem }));
    }

    private static Task ShowAsync(HttpContext http, SignUpModel model) =>
        PageAnswer.WriteAsync<SignUpView, SignUpModel>(http, http.PageContext(model.Waits ? "Account requested" : "Create an account"), model);
}
