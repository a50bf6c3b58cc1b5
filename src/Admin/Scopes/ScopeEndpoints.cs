using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.FirstStart;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Scopes;

/// <summary>/system-scopes: which roles hold which REST scopes, and which roles count as others. Effective with the next request.</summary>
internal sealed class ScopeEndpoints(ScopeAssignments assignments, ScopeRules rules, RoleStore roles, UserStore users)
{
    private const string All = "/system-scopes";
    private const string Aliases = "/system-scopes/role-aliases";

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] manage = [RestScopes.Admin, RestScopes.ScopeManage];
        routes.MapGet(All, ListAsync).Needs(manage);
        routes.MapPut(All, ReplaceAsync).Needs(manage);
        routes.MapGet("/system-scopes/{scopeName}", HeldAsync).Needs(manage);
        routes.MapGet(Aliases, AliasesAsync).Needs(manage);
        routes.MapPut(Aliases, ReplaceAliasesAsync).Needs(manage);
        routes.MapMethods("/roles/{roleId}", [HttpMethods.Head], RoleAsync).Needs(RestScopes.Admin, RestScopes.RoleManage);
    }

    private async Task ListAsync(HttpContext http) =>
        await JsonAnswer.WriteAsync(http, rules.List(await assignments.RolesByScopeAsync(http.Caller().Organization)));

    private async Task ReplaceAsync(HttpContext http)
    {
        var organization = http.Caller().Organization;
        var wanted = await JsonBody.ReadAsync<ScopeListResource>(http);
        await assignments.ReplaceAsync(
            organization, await rules.CheckAsync(organization, wanted, await assignments.RolesByScopeAsync(organization)));
        await ListAsync(http);
    }

    // Whether a user holds a scope; the name is Base64 URL encoded, as scripts of the field send it, or plain.
    private async Task HeldAsync(HttpContext http)
    {
        var organization = http.Caller().Organization;
        var (sent, name) = (http.Path("scopeName"), http.NeedQuery("username"));
        var scope = sent.Contains(':', StringComparison.Ordinal) ? sent : Decoded(sent) ?? sent;
        var user = await users.FindByNameAsync(organization, name) ?? throw Refusal.NotFound(404, "user", name);
        var held = await roles.ScopesAsync(organization, await roles.WithAliasesAsync(organization, user.Roles.Append(DefaultRoles.Everyone)));
        await JsonAnswer.WriteAsync(
            http, held.Contains(scope) ? new HeldScope(scope) : throw Refusal.NotFound(404, $"scope of '{user.Name}'", scope));
    }

    private async Task AliasesAsync(HttpContext http) =>
        await JsonAnswer.WriteAsync(http, AliasListResource.Of(await assignments.AliasesAsync(http.Caller().Organization)));

    private async Task ReplaceAliasesAsync(HttpContext http)
    {
        var organization = http.Caller().Organization;
        var wanted = await JsonBody.ReadAsync<AliasListResource>(http);
        await assignments.ReplaceAliasesAsync(organization, await rules.CheckAliasesAsync(organization, wanted));
        await AliasesAsync(http);
    }

    private async Task RoleAsync(HttpContext http)
    {
        var sent = http.Path("roleId");
        var known = await roles.NamedAsync(http.Caller().Organization, Decoded(sent) is { } name ? [name, sent] : [sent]);
        http.Response.StatusCode = known.Count > 0 ? StatusCodes.Status200OK : throw Refusal.NotFound(404, "role", sent);
    }

    private static string? Decoded(string text) =>
        Base64Url.IsValid(text) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)) : null;
}
