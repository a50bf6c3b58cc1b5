using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.Passwords;
using Tollgate.Storage.Users;

namespace Tollgate.SignIn.Nodes;

/// <summary>Exchanges the configured user's password for a node token.</summary>
internal sealed class NodeLogin(PasswordSignIn passwords, RoleStore roles, NodeTokens tokens, TimeProvider time)
{
    // Nodes are exempt from a person's pause, so guessing is slowed per address instead.
    private const int AllowedFailures = 10;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly AddressCounts _failures = new(time, Window);

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(FeedNames.LoginPath, HandleAsync)
        .Open("A node shows its user's password here, once per 10 minutes.").Unaudited("A node's login changes nothing.");

    private async Task HandleAsync(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (_failures.Of(address) >= AllowedFailures)
        {
            throw new Refusal(429, 429, "Too Many Requests", "Too many failed node logins from this address. Wait a minute.");
        }

        var (name, password) = AuthorizationHeader.Basic(http) ?? ("", "");
        if (await passwords.CheckNodeAsync(Organization.Default, name, password) is not { } user)
        {
            _failures.Add(address);
            throw new Refusal(401, 401, "Unauthenticated request", "User or password of the node is wrong: see [apim.key_manager] username, password.");
        }

        // Runtime state holds every organization's APIs and backends: a developer's password is not the key to it.
        if (!(await roles.ScopesAsync(user.Organization, user.Roles)).Contains(RestScopes.Admin))
        {
            throw new Refusal(401, 401, "Unauthenticated request", $"The node's user '{user.Name}' needs a role with the scope {RestScopes.Admin}.");
        }

        var node = http.Request.Query["node"].ToString();
        http.Response.ContentType = "text/plain";
        await http.Response.WriteAsync(tokens.Issue(node.Length is > 0 and <= 100 ? node : "unnamed"));
    }
}
