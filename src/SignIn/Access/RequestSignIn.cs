using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.SignIn.FirstStart;
using Tollgate.SignIn.Passwords;
using Tollgate.Storage.Users;

namespace Tollgate.SignIn.Access;

/// <summary>Finds out who sends a management request: Basic authentication or a bearer token.</summary>
public sealed class RequestSignIn(
    PasswordSignIn passwords, BearerTokens tokens, RoleStore roles, UserNames names, SignInOptions options)
{
    /// <summary>Signs the sender in, or refuses with 401.</summary>
    public async Task<Caller> RequireAsync(HttpContext http) => await TryAsync(http) ?? throw Unauthenticated(http);

    /// <summary>Signs the sender in where credentials are given; wrong ones are refused even where none are needed.</summary>
    public async Task<Caller?> TryAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization.Count == 0)
        {
            return null;
        }

        var caller = AuthorizationHeader.Basic(http) is { } basic ? await WithPasswordAsync(basic.Name, basic.Password)
            : AuthorizationHeader.Bearer(http) is { } token ? await tokens.SignInAsync(token)
            : null;
        http.Features.Set(caller ?? throw Unauthenticated(http));
        return caller;
    }

    private async Task<Caller?> WithPasswordAsync(string name, string password)
    {
        var (organization, userName) = await names.SplitAsync(name);
        var user = await passwords.CheckAsync(organization, userName, password);
        if (user is null)
        {
            return null;
        }

        var held = await roles.WithAliasesAsync(organization, user.Roles);
        var scopes = await roles.ScopesAsync(organization, held.Append(DefaultRoles.Everyone));
        return new Caller(organization, user.Name, held, scopes.ToFrozenSet()) { Groups = UserGroups.Of(user, options) };
    }

    private static Refusal Unauthenticated(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer realm=\"Tollgate\", Basic realm=\"Tollgate\", charset=\"UTF-8\"";
        return new Refusal(
            401, 401, "Unauthenticated request",
            "Sign in with 'Authorization: Basic' (user and password) or 'Authorization: Bearer' (a token with the scope of this operation).");
    }
}
