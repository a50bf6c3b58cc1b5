namespace Tollgate.Model;

/// <summary>What somebody wrote about an API; replies go one level deep.</summary>
public sealed record Comment
{
    public const int MaxLength = 512;
    public const string DefaultCategory = "general";

    /// <summary>Written in the developer portal.</summary>
    public const string FromDevPortal = "devPortal";

    /// <summary>Written in the publisher portal.</summary>
    public const string FromPublisher = "publisher";

    public required string Id { get; init; }

    public required string ApiId { get; init; }

    /// <summary>The comment that this one answers; empty when it answers none.</summary>
    public string ParentId { get; init; } = "";

    public required string Content { get; init; }

    public string Category { get; init; } = DefaultCategory;

    public required string EntryPoint { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix time in milliseconds of the last edit; 0 when there was none.</summary>
    public long UpdatedAt { get; init; }

    public long RowVersion { get; init; }

    public static string CheckContent(string? content)
    {
        var text = content?.Trim();
        return text is { Length: > 0 and <= MaxLength }
            ? text
            : throw Refusal.BadRequest($"A comment has 1 to {MaxLength} characters.", 901102);
    }

    public static string CheckCategory(string? category) => category switch
    {
        null or "" => DefaultCategory,
        { Length: <= 100 } => category,
        _ => throw Refusal.BadRequest("The category of a comment has at most 100 characters.", 901102),
    };

    /// <summary>Only its author changes a comment.</summary>
    public void RefuseEditBy(string user)
    {
        if (user != CreatedBy)
        {
            throw Refusal.Forbidden("Only its author may change a comment.", 901103);
        }
    }

    /// <summary>Its author and administrators remove a comment.</summary>
    public void RefuseRemovalBy(string user, bool isAdministrator)
    {
        if (user != CreatedBy && !isAdministrator)
        {
            throw Refusal.Forbidden("Only its author or an administrator may remove a comment.", 901103);
        }
    }
}

/// <summary>A comment with the first of its replies.</summary>
public sealed record CommentThread(Comment Comment, Page<Comment> Replies);
