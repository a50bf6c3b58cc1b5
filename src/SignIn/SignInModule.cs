using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Approvals;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.FirstStart;
using Tollgate.SignIn.Nodes;
using Tollgate.SignIn.Passwords;
using Tollgate.SignIn.Sessions;
using Tollgate.Web.Pages;

namespace Tollgate.SignIn;

/// <summary>The face of the module.</summary>
public static class SignInModule
{
    public static void AddSignIn(this IServiceCollection services, SignInOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<PasswordHash>();
        services.AddSingleton<PasswordPolicy>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<TokenKeys>();
        services.AddSingleton<ActiveTokens>();
        services.AddSingleton<OperatorToken>();
        services.AddSingleton<BearerTokens>();
        services.AddSingleton<RequestSignIn>();
        services.AddSingleton<Viewers>();
        services.AddSingleton<SessionCookies>();
        services.AddSingleton<PageAccess>();
        services.AddSingleton<SessionPages>();
        services.AddSingleton<NodeTokens>();
        services.AddSingleton<NodeLogin>();
        services.AddSingleton<UserNames>();
        services.AddSingleton<ApprovalRequests>();
        services.AddSingleton<SeedOrganization>();
        services.AddSingleton<SeedUsers>();
        services.AddSingleton<StateBefore>();
    }

    /// <summary>Puts access rules into force; after routing, before every route.</summary>
    public static void UseAccessRules(this IApplicationBuilder app) => app.UseMiddleware<AccessMiddleware>();

    /// <summary>Writes every change into the audit log; after the access rules.</summary>
    public static void UseAudit(this IApplicationBuilder app) => app.UseMiddleware<AuditMiddleware>();

    /// <summary>For a node without users: what is not open to everybody is closed.</summary>
    public static void UseClosedAccess(this IApplicationBuilder app) => app.UseMiddleware<ClosedAccessMiddleware>();

    /// <summary>What a portal has beside its own pages: signing in and out, and its files.</summary>
    public static void MapSessions(this IEndpointRouteBuilder routes, Portal portal, string? signUp = null) =>
        routes.ServiceProvider.GetRequiredService<SessionPages>().Map(routes, portal, signUp);

    /// <summary>The route with which nodes log in; only where a profile serves nodes.</summary>
    public static void MapNodeLogin(this IEndpointRouteBuilder routes) =>
        routes.ServiceProvider.GetRequiredService<NodeLogin>().Map(routes);
}
