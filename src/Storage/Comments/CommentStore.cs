using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Comments;

/// <summary>Comments on APIs.</summary>
public sealed class CommentStore(ApimDatabase database, TimeProvider time)
{
    private const string Columns = "id, api_id, parent_id, content, category, entry_point, created_by, created_at, updated_at, row_version";

    /// <summary>Comments with the first of their replies, newest first.</summary>
    public Task<Page<CommentThread>> ListAsync(string apiId, PageRequest page, int replies) => database.ReadAsync(async db =>
    {
        var comments = await PageAsync(db, apiId, "", "DESC", page);
        return new Page<CommentThread>(await ThreadsAsync(db, comments.Items, new PageRequest(0, replies)), comments.Total);
    });

    /// <summary>Replies to a comment, oldest first.</summary>
    public Task<Page<Comment>> RepliesAsync(string apiId, string parentId, PageRequest page) =>
        database.ReadAsync(db => PageAsync(db, apiId, parentId, "ASC", page));

    public Task<Comment?> FindAsync(string apiId, string id) => database.ReadAsync(db => db.FirstAsync<Comment>(
        $"SELECT {Columns} FROM comments WHERE id = @id AND api_id = @apiId", new { id, apiId }));

    public Task<CommentThread> ThreadAsync(Comment comment, PageRequest replies) =>
        database.ReadAsync(async db => (await ThreadsAsync(db, [comment], replies))[0]);

    public Task CreateAsync(Comment comment) => database.WriteAsync(async db =>
    {
        await ApiParts.HoldAsync(db, comment.ApiId);
        if (comment.ParentId.Length > 0
            && !await db.AnyAsync("SELECT 1 FROM comments WHERE id = @ParentId AND api_id = @ApiId AND parent_id = ''", comment))
        {
            throw Refusal.NotFound(901101, "comment to reply to", comment.ParentId);
        }

        return await db.ExecuteAsync(
            $"""
            INSERT INTO comments ({Columns})
            VALUES (@Id, @ApiId, @ParentId, @Content, @Category, @EntryPoint, @CreatedBy, @CreatedAt, 0, 1)
            """,
            comment);
    });

    public async Task UpdateAsync(Comment comment)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (await database.WriteAsync(db => db.ExecuteAsync(
            """
            UPDATE comments SET content = @Content, category = @Category, updated_at = @now, row_version = row_version + 1
            WHERE id = @Id AND row_version = @RowVersion
            """,
            new { comment.Id, comment.Content, comment.Category, comment.RowVersion, now })) == 0)
        {
            throw Refusal.Stale("comment");
        }
    }

    /// <summary>Removes a comment with its replies.</summary>
    public Task DeleteAsync(Comment comment) => database.WriteAsync(db => db.ExecuteAsync(
        "DELETE FROM comments WHERE api_id = @ApiId AND (id = @Id OR parent_id = @Id)", comment));

    private static async Task<Page<Comment>> PageAsync(Transaction db, string apiId, string parentId, string direction, PageRequest page)
    {
        var arguments = new { apiId, parentId, limit = page.Limit, offset = page.Offset };
        var total = await db.FirstAsync<int>("SELECT COUNT(*) FROM comments WHERE api_id = @apiId AND parent_id = @parentId", arguments);
        var items = await db.ListAsync<Comment>(
            $"""
            SELECT {Columns} FROM comments WHERE api_id = @apiId AND parent_id = @parentId
            ORDER BY created_at {direction}, id {direction} LIMIT @limit OFFSET @offset
            """,
            arguments);
        return new Page<Comment>(items, total);
    }

    // The replies of a whole page in two statements.
    private static async Task<IReadOnlyList<CommentThread>> ThreadsAsync(Transaction db, IReadOnlyList<Comment> comments, PageRequest page)
    {
        if (comments.Count == 0)
        {
            return [];
        }

        var arguments = new
        {
            comments[0].ApiId, ids = comments.Select(comment => comment.Id), first = page.Offset, last = page.Offset + page.Limit,
        };
        var totals = (await db.ListAsync<TotalRow>(
            "SELECT parent_id, COUNT(*) AS total FROM comments WHERE api_id = @ApiId AND parent_id IN @ids GROUP BY parent_id", arguments))
            .ToDictionary(row => row.ParentId, row => (int)row.Total);
        var replies = (await db.ListAsync<Comment>(
            $"""
            SELECT {Columns} FROM (
              SELECT {Columns}, ROW_NUMBER() OVER (PARTITION BY parent_id ORDER BY created_at, id) AS place
              FROM comments WHERE api_id = @ApiId AND parent_id IN @ids) AS numbered
            WHERE place > @first AND place <= @last ORDER BY parent_id, place
            """,
            arguments)).ToLookup(reply => reply.ParentId);
        return
        [
            .. comments.Select(comment => new CommentThread(
                comment, new Page<Comment>([.. replies[comment.Id]], totals.GetValueOrDefault(comment.Id)))),
        ];
    }

    private sealed record TotalRow
    {
        public string ParentId { get; init; } = "";

        public long Total { get; init; }
    }
}
