using Microsoft.AspNetCore.Builder;

namespace Tollgate.SignIn.Audit;

/// <summary>Which REST resource a form changes: its pattern, with the parameters of the page's own.</summary>
public sealed record ChangedResource(string Pattern);

/// <summary>Names the resource on the routes of forms.</summary>
public static class ChangedResources
{
    public static TBuilder Changes<TBuilder>(this TBuilder route, string pattern)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new ChangedResource(pattern));
}
