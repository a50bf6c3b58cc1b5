using Microsoft.AspNetCore.Builder;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;

namespace Tollgate.DevPortal.Discover;

/// <summary>Who reads the catalogue: everybody, unless the portal asks visitors to sign in.</summary>
internal sealed class CatalogueAccess(DevPortalOptions options)
{
    private const string Reason = "The catalogue may be read without signing in.";

    public void Restrict(IEndpointConventionBuilder route)
    {
        if (options.AnonymousMode)
        {
            route.Visitors(Reason);
        }
        else
        {
            route.Needs(RestScopes.Subscribe, RestScopes.PortalSettings, RestScopes.ApiView);
        }
    }
}
