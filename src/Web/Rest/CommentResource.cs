using Microsoft.AspNetCore.Http;
using Tollgate.Model;

namespace Tollgate.Web.Rest;

/// <summary>A comment as both portals show it.</summary>
public sealed record CommentResource
{
    /// <summary>How many replies come along with a comment that did not ask for a number.</summary>
    public const int RepliesShown = PageRequest.DefaultLimit;

    public string? Id { get; init; }

    public required string Content { get; init; }

    public string? CreatedTime { get; init; }

    public string? CreatedBy { get; init; }

    public string? UpdatedTime { get; init; }

    public string? Category { get; init; }

    public string? ParentCommentId { get; init; }

    public string? EntryPoint { get; init; }

    public CommenterInfo? CommenterInfo { get; init; }

    public ListAnswer<CommentResource>? Replies { get; init; }

    /// <summary>The comment alone; who wrote it in full only when the request asks for it.</summary>
    public static CommentResource Of(HttpContext http, Comment comment) => new()
    {
        Id = comment.Id,
        Content = comment.Content,
        CreatedTime = RestTime.DateTime(comment.CreatedAt),
        CreatedBy = comment.CreatedBy,
        UpdatedTime = comment.UpdatedAt == 0 ? null : RestTime.DateTime(comment.UpdatedAt),
        Category = comment.Category,
        ParentCommentId = comment.ParentId.Length == 0 ? null : comment.ParentId,
        EntryPoint = comment.EntryPoint,
        CommenterInfo = http.Query("includeCommenterInfo") is "true" ? new CommenterInfo(comment.CreatedBy) : null,
    };

    /// <summary>The comment with a page of its replies; replies have none.</summary>
    public static CommentResource Of(HttpContext http, CommentThread thread, PageRequest replies)
    {
        var (comment, page) = thread;
        const string Comments = "/comments";
        var here = http.Request.Path.Value!;
        var path = $"{here[..(here.IndexOf(Comments, StringComparison.Ordinal) + Comments.Length)]}/{comment.Id}/replies";
        return Of(http, comment) with
        {
            Replies = comment.ParentId.Length > 0
                ? null
                : Lists.Of(path, replies, page.Total, [.. page.Items.Select(reply => Of(http, reply))]),
        };
    }

    /// <summary>The page of replies that the request asks for.</summary>
    public static PageRequest RepliesOf(HttpContext http) => http.Page("replyOffset", "replyLimit");
}

/// <summary>Who wrote a comment.</summary>
public sealed record CommenterInfo(string FullName);

/// <summary>What a client sends to comment or to change a comment.</summary>
public sealed record CommentRequest(string? Content = null, string? Category = null)
{
    /// <summary>A new comment; <c>replyTo</c> of the query makes it a reply.</summary>
    public Comment ToComment(HttpContext http, string apiId, string author, string entryPoint, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now).ToString(),
        ApiId = apiId,
        ParentId = http.Query("replyTo") ?? "",
        Content = Comment.CheckContent(Content),
        Category = Comment.CheckCategory(Category),
        EntryPoint = entryPoint,
        CreatedBy = author,
        CreatedAt = now.ToUnixTimeMilliseconds(),
        RowVersion = 1,
    };

    /// <summary>A comment with what the request states in the place of what it had.</summary>
    public Comment Over(Comment stored) => stored with
    {
        Content = Content is null ? stored.Content : Comment.CheckContent(Content),
        Category = Category is null ? stored.Category : Comment.CheckCategory(Category),
    };
}
