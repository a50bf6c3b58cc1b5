using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Comments;
using Tollgate.Storage.Search;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>GET /recommendations: APIs like those that the developer's applications are subscribed to.</summary>
internal sealed class RecommendationEndpoint(
    RecommendationStore recommendations, VisibleApis visible, RatingStore ratings, DevPortalOptions options)
{
    private const int Most = 10;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/recommendations", ListAsync).Needs(RestScopes.Subscribe);

    private async Task ListAsync(HttpContext http)
    {
        var query = (await visible.QueryAsync(http)) with { NewestOnly = !options.DisplayMultipleVersions };
        var apis = await recommendations.ListAsync(query, http.Caller().Organization, http.Caller().UserName, Most);
        var sums = await ratings.SumsAsync([.. apis.Select(api => api.Id)]);
        IReadOnlyList<RecommendedApi> list =
            [.. apis.Select(api => new RecommendedApi(api.Id, api.Name, sums.GetValueOrDefault(api.Id, RatingSum.None).Average))];
        await JsonAnswer.WriteAsync(http, new Recommended(list.Count, list));
    }

    private sealed record Recommended(int Count, IReadOnlyList<RecommendedApi> List);

    private sealed record RecommendedApi(string Id, string Name, string AvgRating);
}
