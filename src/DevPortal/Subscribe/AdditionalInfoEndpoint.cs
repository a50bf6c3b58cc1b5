using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Discover;
using Tollgate.DevPortal.Register;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Applications;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Subscribe;

/// <summary>/subscriptions/{apiId}/additionalInfo: which of the caller's applications are subscribed to an API.</summary>
internal sealed class AdditionalInfoEndpoint(SubscriptionStore subscriptions, SubscriptionPages pages, VisibleApis visible, OwnApplications own)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/subscriptions/{apiId}/additionalInfo", ListAsync).Needs(RestScopes.Subscribe, RestScopes.SubscriptionManage);

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var api = await visible.NeedAsync(http, http.Path("apiId"));
        var whose = own.Query(http.Caller(), http.Query("groupId"));
        var found = await subscriptions.ListAsync(new SubscriptionQuery(whose, api.Id, null), page);
        var shown = from subscription in await pages.OfAsync(found.Items)
                    select new AdditionalInfo(
                        subscription.SubscriptionId, subscription.ApplicationId, subscription.ApplicationInfo?.Name, subscription.ApiId);
        await JsonAnswer.WriteAsync(http, Lists.Of<AdditionalInfo>(http, page, found.Total, [.. shown]));
    }

    // The contract's other fields are about one vendor's event brokers.
    private sealed record AdditionalInfo(string? SubscriptionId, string? ApplicationId, string? ApplicationName, string? ApiId)
    {
        public bool IsSolaceAPI { get; }
    }
}
