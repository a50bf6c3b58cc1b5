using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Comments;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Discuss;

/// <summary>/apis/{apiId}/comments in the publisher portal.</summary>
internal sealed class CommentEndpoints(ApiLookup apis, CommentStore comments, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [RestScopes.ApiView, RestScopes.CommentManage, RestScopes.CommentView];
        string[] write = [RestScopes.CommentManage, RestScopes.CommentWrite];
        routes.MapGet("/apis/{apiId}/comments", ListAsync).Needs(read);
        routes.MapPost("/apis/{apiId}/comments", CreateAsync).Needs(write);
        routes.MapGet("/apis/{apiId}/comments/{commentId}", GetAsync).Needs(read);
        routes.MapPatch("/apis/{apiId}/comments/{commentId}", UpdateAsync).Needs(write);
        routes.MapDelete("/apis/{apiId}/comments/{commentId}", DeleteAsync).Needs([.. write, RestScopes.Admin]);
        routes.MapGet("/apis/{apiId}/comments/{commentId}/replies", RepliesAsync).Needs(read);
    }

    private async Task ListAsync(HttpContext http)
    {
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        var (page, shown) = (http.Page(), new PageRequest(0, CommentResource.RepliesShown));
        var found = await comments.ListAsync(api.Id, page, shown.Limit);
        await JsonAnswer.WriteAsync(
            http, Lists.Of(http, page, found.Total, [.. found.Items.Select(thread => CommentResource.Of(http, thread, shown))]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var caller = http.Caller();
        var api = await apis.NeedAsync(caller, http.Path("apiId"));
        var comment = (await JsonBody.ReadAsync<CommentRequest>(http)).ToComment(http, api.Id, caller.UserName, Comment.FromPublisher, time.GetUtcNow());
        await comments.CreateAsync(comment);
        EntityTag.Set(http, comment.RowVersion);
        await JsonAnswer.CreatedAsync(
            http, $"{PublisherModule.BasePath}/apis/{api.Id}/comments/{comment.Id}", CommentResource.Of(http, comment));
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
        var api = await apis.NeedAsync(http.Caller(), http.Path("apiId"));
        var id = http.Path("commentId");
        return await comments.FindAsync(api.Id, id) ?? throw Refusal.NotFound(901101, "comment", id);
    }
}
