using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Audit;

/// <summary>GET /apis/{apiId}/history, beside the field's contract: who changed what of an API, and when.</summary>
internal sealed class HistoryEndpoint(ApiLookup apis, ApiChangeStore changes)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/apis/{apiId}/history", ListAsync).Needs(RestScopes.ApiManage, RestScopes.ApiPublish, RestScopes.ApiView);

    private async Task ListAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        var page = http.Page();
        var found = await changes.ListAsync(api.Id, page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(HistoryEntry.Of)]));
    }

    private sealed record HistoryEntry(
        string Id, string Action, string Subject, IReadOnlyList<FieldChange> Changes, string ChangedBy, string ChangedTime)
    {
        public static HistoryEntry Of(ApiChange change) => new(
            change.Id, change.Action, change.Subject, change.Changes, change.ChangedBy, RestTime.DateTime(change.ChangedAt));
    }
}
