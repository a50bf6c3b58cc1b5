using Tollgate.Model;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Apis;

/// <summary>Reads the histories of APIs, and ends them when their time is over.</summary>
public sealed class ApiChangeStore(ApimDatabase database)
{
    // Other writers wait two seconds for their turn at most.
    private const int MostAtATime = 500;

    /// <summary>Newest first.</summary>
    public Task<Page<ApiChange>> ListAsync(string apiId, PageRequest page) => database.ReadAsync(async db =>
    {
        var arguments = new { apiId, limit = page.Limit, offset = page.Offset };
        var total = await db.FirstAsync<int>("SELECT COUNT(*) FROM api_changes WHERE api_id = @apiId", arguments);
        var rows = await db.ListAsync<Row>(
            """
            SELECT id, api_id, action, subject, changes, changed_by, changed_at FROM api_changes
            WHERE api_id = @apiId ORDER BY changed_at DESC, id DESC LIMIT @limit OFFSET @offset
            """,
            arguments);
        return new Page<ApiChange>([.. rows.Select(row => row.ToChange())], total);
    });

    /// <summary>Deletes what was changed before this time (Unix milliseconds); says how much.</summary>
    public async Task<int> PruneAsync(long before, CancellationToken cancellation)
    {
        var (all, step) = (0, MostAtATime);
        while (step == MostAtATime)
        {
            step = await database.WriteAsync(
                async db =>
                {
                    var ids = await db.ListAsync<string>(
                        $"SELECT id FROM api_changes WHERE changed_at < @before ORDER BY changed_at LIMIT {MostAtATime}", new { before });
                    return ids.Count == 0 ? 0 : await db.ExecuteAsync("DELETE FROM api_changes WHERE id IN @ids", new { ids });
                },
                cancellation);
            all += step;
        }

        return all;
    }

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public string ApiId { get; init; } = "";

        public string Action { get; init; } = "";

        public string Subject { get; init; } = "";

        public string Changes { get; init; } = "";

        public string ChangedBy { get; init; } = "";

        public long ChangedAt { get; init; }

        public ApiChange ToChange() => new()
        {
            Id = Id,
            ApiId = ApiId,
            Action = Action,
            Subject = Subject,
            Changes = ModelJson.Read<IReadOnlyList<FieldChange>>(Changes),
            ChangedBy = ChangedBy,
            ChangedAt = ChangedAt,
        };
    }
}
