using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Register;

/// <summary>POST /applications/{applicationId}/reset-throttle-policy: a user's count under the application's policy begins anew.</summary>
internal sealed class ThrottleResetEndpoint(ApplicationStore applications, OwnApplications own, UserStore users)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/applications/{applicationId}/reset-throttle-policy", ResetAsync)
        .Needs(RestScopes.ApplicationManage, RestScopes.Subscribe);

    private async Task ResetAsync(HttpContext http)
    {
        var caller = http.Caller();
        var application = await own.NeedToChangeAsync(caller, http.Path("applicationId"));
        var name = (await JsonBody.ReadAsync<ResetRequest>(http)).UserName ?? throw Refusal.BadRequest("userName is missing.");
        var suffix = "@" + caller.Organization;
        var user = await users.FindByNameAsync(
            caller.Organization, name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) ? name[..^suffix.Length] : name)
            ?? throw Refusal.NotFound(404, "user", name);
        await applications.ResetCountAsync(application, user.Subject);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private sealed record ResetRequest
    {
        public string? UserName { get; init; }
    }
}
