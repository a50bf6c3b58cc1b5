using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>Whose catalogue a request reads: the caller's organization's; for visitors, the one that the field's tenant header names.</summary>
internal sealed class RequestedOrganization(OrganizationStore organizations)
{
    private const string Header = "X-WSO2-Tenant";

    /// <summary>To whoever is signed in, other organizations read as not there; so do inactive ones to visitors.</summary>
    public async Task<string> OfAsync(HttpContext http)
    {
        var caller = http.Features.Get<Caller>()?.Organization;
        var asked = http.Request.Headers[Header].ToString() is { Length: > 0 } header ? header : http.Query("X-WSO2-Tenant-Q");
        if (asked is null || asked.Equals(caller, StringComparison.OrdinalIgnoreCase))
        {
            return caller ?? Organization.Default;
        }

        return caller is null && await organizations.FindAsync(asked.ToLowerInvariant()) is { Active: true } organization
            ? organization.Id
            : throw Refusal.NotFound(404, "organization", asked);
    }
}
