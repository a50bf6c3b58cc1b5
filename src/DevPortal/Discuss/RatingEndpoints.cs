using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Discover;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Comments;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discuss;

/// <summary>Ratings of an API: everybody's, and the caller's own.</summary>
internal sealed class RatingEndpoints(VisibleApis visible, CatalogueAccess access, RatingStore ratings)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        access.Restrict(routes.MapGet("/apis/{apiId}/ratings", ListAsync));
        routes.MapGet("/apis/{apiId}/user-rating", GetAsync).Needs(RestScopes.Subscribe);
        routes.MapPut("/apis/{apiId}/user-rating", PutAsync).Needs(RestScopes.Subscribe);
        routes.MapDelete("/apis/{apiId}/user-rating", DeleteAsync).Needs(RestScopes.Subscribe);
    }

    private async Task ListAsync(HttpContext http)
    {
        var api = await visible.NeedAsync(http, http.Path("apiId"));
        var page = http.Page();
        var found = await ratings.ListAsync(api.Id, page);
        var sums = await ratings.SumsAsync([api.Id]);
        var own = http.Features.Get<Caller>() is { } caller ? await ratings.FindAsync(api.Id, caller.UserName) : null;
        var list = Lists.Of(http, page, found.Total, [.. found.Items.Select(RatingResource.Of)]);
        await JsonAnswer.WriteAsync(
            http,
            new RatingListing(
                sums.GetValueOrDefault(api.Id, RatingSum.None).Average, own?.Stars, list.Count, list.List, list.Pagination!));
    }

    private async Task GetAsync(HttpContext http)
    {
        var api = await visible.NeedAsync(http, http.Path("apiId"));
        var own = await ratings.FindAsync(api.Id, http.Caller().UserName) ?? throw Refusal.NotFound(404, "rating of yours for the API", api.Id);
        await JsonAnswer.WriteAsync(http, RatingResource.Of(own));
    }

    private async Task PutAsync(HttpContext http)
    {
        var api = await visible.NeedAsync(http, http.Path("apiId"));
        var wanted = await JsonBody.ReadAsync<RatingResource>(http);
        await JsonAnswer.WriteAsync(
            http, RatingResource.Of(await ratings.PutAsync(api.Id, http.Caller().UserName, Rating.CheckStars(wanted.Rating))));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var api = await visible.NeedAsync(http, http.Path("apiId"));
        await ratings.DeleteAsync(api.Id, http.Caller().UserName);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private sealed record RatingListing(
        string AvgRating, int? UserRating, int Count, IReadOnlyList<RatingResource> List, Pagination Pagination);
}

/// <summary>A rating as the REST contract shows it; read-only fields are accepted and ignored.</summary>
internal sealed record RatingResource
{
    public string? RatingId { get; init; }

    public string? ApiId { get; init; }

    public string? RatedBy { get; init; }

    public required int Rating { get; init; }

    public static RatingResource Of(Rating rating) =>
        new() { RatingId = rating.Id, ApiId = rating.ApiId, RatedBy = rating.RatedBy, Rating = rating.Stars };
}
