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

    /// <summary>Everybody, signed in or not; the reason is shown in the route table.</summary>
    public static TBuilder Visitors<TBuilder>(this TBuilder route, string reason)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessRule.Visitor(reason));

    /// <summary>A page: only people who hold any one of these scopes, signed in to the portal.</summary>
    public static TBuilder NeedsOnPage<TBuilder>(this TBuilder route, params string[] anyOf)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessRule.PersonOnPage(anyOf));

    /// <summary>A page: everybody, signed in or not; the reason is shown in the route table.</summary>
    public static TBuilder VisitorsOnPage<TBuilder>(this TBuilder route, string reason)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessRule.VisitorOnPage(reason));

    /// <summary>Everybody, or whom the route itself authenticates; the reason is shown in the route table.</summary>
    public static TBuilder Open<TBuilder>(this TBuilder route, string reason)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessRule.Open(reason));
}
