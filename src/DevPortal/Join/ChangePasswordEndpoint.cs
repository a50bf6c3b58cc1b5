using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Passwords;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Join;

/// <summary>POST /me/change-password. Every token of the user ends, the one that asked included: whoever knew the old password is out.</summary>
internal sealed class ChangePasswordEndpoint(
    UserStore users, PasswordSignIn signIn, PasswordPolicy passwords, PasswordHash hash, DevPortalOptions options)
{
    public const int PatternInvalid = 901452;

    private const int Disabled = 901450;
    private const int CurrentIncorrect = 901451;

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/me/change-password", ChangeAsync).Needs(RestScopes.Subscribe);

    private async Task ChangeAsync(HttpContext http)
    {
        var caller = http.Caller();
        var wanted = await JsonBody.ReadAsync<PasswordChange>(http);
        if (!options.ChangePassword)
        {
            throw Refusal.BadRequest("Passwords are not changed here (apim.enable_change_password); ask an administrator.", Disabled);
        }

        // Wrong ones count like wrong sign-ins, so that a stolen token does not help to guess the password.
        var user = await signIn.CheckAsync(caller.Organization, caller.UserName, wanted.CurrentPassword ?? "")
            ?? throw Refusal.BadRequest("The current password is wrong, or there were too many wrong ones; then wait some minutes.", CurrentIncorrect);
        if (passwords.Complaint(wanted.NewPassword) is { } complaint)
        {
            throw Refusal.BadRequest(complaint, PatternInvalid);
        }

        if (wanted.NewPassword == wanted.CurrentPassword)
        {
            throw Refusal.BadRequest("The new password is the current one.", PatternInvalid);
        }

        await users.SetPasswordAsync(user, hash.Of(wanted.NewPassword!));
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private sealed record PasswordChange
    {
        public string? CurrentPassword { get; init; }

        public string? NewPassword { get; init; }
    }
}
