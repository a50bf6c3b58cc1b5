using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;

namespace Tollgate.DevPortal.Discover;

/// <summary>Which APIs a developer may see.</summary>
internal sealed class VisibleApis(ApiStore apis, Viewers viewers, RequestedOrganization organization, DevPortalOptions options)
{
    public bool IsListed(LifecycleState state) =>
        Lifecycle.Listed(state) || (state == LifecycleState.Deprecated && options.DisplayDeprecated);

    /// <summary>All APIs that the caller may see in lists.</summary>
    public async Task<ApiQuery> QueryAsync(HttpContext http) => new()
    {
        Organization = await organization.OfAsync(http),
        Viewer = viewers.Developer(http.Features.Get<Caller>()),
        States = [.. Enum.GetValues<LifecycleState>().Where(IsListed)],
    };

    /// <summary>An API in a state that developers may see; deprecated ones stay reachable for those who subscribed.</summary>
    public async Task<Api> NeedAsync(HttpContext http, string apiId)
    {
        var api = await apis.FindAsync(await organization.OfAsync(http), apiId);
        if (api is null || !viewers.Developer(http.Features.Get<Caller>()).IsAdmitted(api.Design.RolesOfVisibility()))
        {
            // Hidden by a role reads as not there: that it exists is part of what is hidden.
            throw Refusal.NotFound(900308, "API", apiId);
        }

        return Lifecycle.Listed(api.State) || api.State == LifecycleState.Deprecated
            ? api
            : throw Refusal.Forbidden($"The API is {EnumText<LifecycleState>.Of(api.State)} and not visible to developers.");
    }
}
