using Microsoft.AspNetCore.Builder;

namespace Tollgate.SignIn.Access;

/// <summary>Puts access rules on routes.</summary>
public static class AccessRules
{
    /// <summary>Only people who hold any one of these scopes.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, params string[] anyOf)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessRule.PersonWithScope(anyOf));

    /// <summary>Only nodes of this deployment.</summary>
    public static TBuilder NodesOnly<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessRule.Node());

    /// <summary>Everybody; the reason is shown in the route table.</summary>
    public static TBuilder Open<TBuilder>(this TBuilder route, string reason)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessRule.Anyone(reason));

    /// <summary>The route authenticates its sender by itself; the reason is shown in the route table.</summary>
    public static TBuilder SelfAuthenticated<TBuilder>(this TBuilder route, string reason)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessRule.SelfAuthenticated(reason));
}
