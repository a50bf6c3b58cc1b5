using Microsoft.AspNetCore.Builder;

namespace Tollgate.SignIn.Audit;

/// <summary>Marks a route that changes nothing an administrator manages, for the stated reason. Without it every changing route is audited.</summary>
public sealed record NotAudited(string Reason);

/// <summary>Puts the mark on routes.</summary>
public static class AuditRules
{
    public static TBuilder Unaudited<TBuilder>(this TBuilder route, string reason)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NotAudited(reason));
}
