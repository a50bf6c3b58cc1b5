using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>Whose catalogue a request reads: the caller's organization's, or the one that the field's tenant header names.</summary>
internal static class RequestedOrganization
{
    private const string Header = "X-WSO2-Tenant";

    /// <summary>An organization other than the caller's reads as not there.</summary>
    public static string Of(HttpContext http)
    {
        var own = http.Features.Get<Caller>()?.Organization ?? Organization.Default;
        var asked = http.Request.Headers[Header].ToString() is { Length: > 0 } header ? header : http.Query("X-WSO2-Tenant-Q");
        return asked is null || asked.Equals(own, StringComparison.OrdinalIgnoreCase)
            ? own
            : throw Refusal.NotFound(404, "organization", asked);
    }
}
