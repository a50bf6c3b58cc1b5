using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Find;

/// <summary>HEAD /roles/{roleId} and /me/roles/{roleId}: does a role exist, do I hold it. The id is the name in base64url.</summary>
internal sealed class RoleEndpoints(RoleStore roles)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/roles/{roleId}", [HttpMethods.Head], ExistsAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish);
        routes.MapMethods("/me/roles/{roleId}", [HttpMethods.Head], IsMineAsync).Needs(RestScopes.ApiCreate, RestScopes.ApiManage);
    }

    /// <summary>The name that an id in base64url stands for.</summary>
    public static string NameOf(string id, string what)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Base64Url.DecodeFromChars(id.TrimEnd('=')));
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw Refusal.NotFound(404, what, id);
        }
    }

    private async Task ExistsAsync(HttpContext http)
    {
        var name = NameOf(http.Path("roleId"), "role");
        if ((await roles.NamedAsync(http.Caller().Organization, [name])).Count == 0)
        {
            throw Refusal.NotFound(404, "role", name);
        }
    }

    private Task IsMineAsync(HttpContext http)
    {
        var name = NameOf(http.Path("roleId"), "role");
        return http.Caller().Roles.Append(Role.Everyone).Contains(name, StringComparer.OrdinalIgnoreCase)
            ? Task.CompletedTask
            : throw Refusal.NotFound(404, "role", name);
    }
}
