using Tollgate.Model;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Apis;

/// <summary>Reads the histories of APIs.</summary>
public sealed class ApiChangeStore(ApimDatabase database)
{
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
