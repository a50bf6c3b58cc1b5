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

/// <summary>/apis/{apiId}/comments in the developer portal.</summary>
internal sealed class CommentEndpoints(
    VisibleApis apis, CatalogueAccess access, CommentStore comments, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        access.Restrict(routes.MapGet("/apis/{apiId}/comments", ListAsync));
        routes.MapPost("/apis/{apiId}/comments", CreateAsync).Needs(RestScopes.Subscribe);
        access.Restrict(routes.MapGet("/apis/{apiId}/comments/{commentId}", GetAsync));
        routes.MapPatch("/apis/{apiId}/comments/{commentId}", UpdateAsync).Needs(RestScopes.Subscribe);
        routes.MapDelete("/apis/{apiId}/comments/{commentId}", DeleteAsync).Needs(RestScopes.Subscribe, RestScopes.Admin);
        access.Restrict(routes.MapGet("/apis/{apiId}/comments/{commentId}/replies", RepliesAsync));
    }

    private async Task ListAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http, http.Path("apiId"));
        var (page, shown) = (http.Page(), new PageRequest(0, CommentResource.RepliesShown));
        var found = await comments.ListAsync(api.Id, page, shown.Limit);
        await JsonAnswer.WriteAsync(
            http, Lists.Of(http, page, found.Total, [.. found.Items.Select(thread => CommentResource.Of(http, thread, shown))]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var caller = http.Caller();
        var api = await apis.NeedAsync(http, http.Path("apiId"));
        var comment = (await JsonBody.ReadAsync<CommentRequest>(http)).ToComment(http, api.Id, caller.UserName, Comment.FromDevPortal, time.GetUtcNow());
        await comments.CreateAsync(comment);
        EntityTag.Set(http, comment.RowVersion);
        await JsonAnswer.CreatedAsync(
            http, $"{DevPortalModule.BasePath}/apis/{api.Id}/comments/{comment.Id}", CommentResource.Of(http, comment));
    }

    private async Task GetAsync(HttpContext http)
    {
        var comment = await NeedAsync(http);
        EntityTag.Set(http, comment.RowVersion);
        var replies = CommentResource.RepliesOf(http);
        await JsonAnswer.WriteAsync(http, CommentResource.Of(http, await comments.ThreadAsync(comment, replies), replies));
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        stored.RefuseEditBy(http.Caller().UserName);
        EntityTag.RefuseStale(http, stored.RowVersion, "comment");
        await comments.UpdateAsync((await JsonBody.ReadAsync<CommentRequest>(http)).Over(stored));
        var changed = await NeedAsync(http);
        EntityTag.Set(http, changed.RowVersion);
        await JsonAnswer.WriteAsync(http, CommentResource.Of(http, changed));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var comment = await NeedAsync(http);
        comment.RefuseRemovalBy(http.Caller().UserName, http.Caller().Has(RestScopes.Admin));
        await comments.DeleteAsync(comment);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task RepliesAsync(HttpContext http)
    {
        var comment = await NeedAsync(http);
        var page = http.Page();
        var found = await comments.RepliesAsync(comment.ApiId, comment.Id, page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(reply => CommentResource.Of(http, reply))]));
    }

    private async Task<Comment> NeedAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http, http.Path("apiId"));
        var id = http.Path("commentId");
        return await comments.FindAsync(api.Id, id) ?? throw Refusal.NotFound(901101, "comment", id);
    }
}
