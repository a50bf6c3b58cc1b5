using Tollgate.Model;

namespace Tollgate.Storage.Apis;

/// <summary>Writes revisions inside somebody's transaction.</summary>
internal static class RevisionRows
{
    public const string Columns = "id, api_id, number, description, created_at";

    /// <summary>Freezes the working copy under the next number; refused beyond the limit per API.</summary>
    public static async Task<Revision> CreateAsync(Transaction db, string apiId, string? description, int limit, string user, DateTimeOffset now)
    {
        // The update holds the row's lock until the end: no two revisions take the same number.
        await db.ExecuteAsync("UPDATE apis SET next_revision = next_revision + 1 WHERE id = @apiId", new { apiId });
        var existing = await db.FirstAsync<int>("SELECT COUNT(*) FROM revisions WHERE api_id = @apiId", new { apiId });
        if (existing >= limit)
        {
            throw Refusal.BadRequest($"The API has {existing} revisions, the most allowed. Delete one that is not deployed.", 900351);
        }

        var revision = new Revision
        {
            Id = Guid.CreateVersion7(now).ToString(),
            ApiId = apiId,
            Number = await db.FirstAsync<int>("SELECT next_revision FROM apis WHERE id = @apiId", new { apiId }) - 1,
            Description = description,
            CreatedAt = now.ToUnixTimeMilliseconds(),
        };
        await db.ExecuteAsync(
            """
            INSERT INTO revisions (id, api_id, number, description, created_at, design, operations, definition)
            SELECT @Id, a.id, @Number, @Description, @CreatedAt, a.design, c.operations, c.definition
            FROM apis a JOIN api_contents c ON c.api_id = a.id WHERE a.id = @ApiId
            """,
            revision);
        await db.ExecuteAsync(
            """
            INSERT INTO api_policies (api_id, revision_id, kind, name_key)
            SELECT api_id, @Id, kind, name_key FROM api_policies WHERE api_id = @ApiId AND revision_id = ''
            """,
            revision);
        await ApiChangeRows.AddAsync(
            db, apiId, "revision.created", revision.DisplayName, FieldChanges.Between<object>(null, new { description }), user, now);
        return revision;
    }

    public static async Task<int> RemoveAsync(Transaction db, Revision revision, string user, DateTimeOffset now)
    {
        await db.ExecuteAsync("DELETE FROM api_policies WHERE revision_id = @Id", revision);
        await db.ExecuteAsync("DELETE FROM revisions WHERE id = @Id", revision);
        await ApiChangeRows.AddAsync(
            db, revision.ApiId, "revision.deleted", revision.DisplayName, FieldChanges.Between<object>(new { revision.Description }, null), user, now);
        return 0;
    }

    /// <summary>Takes the earliest revisions off their environments and removes them until there is room for one more.</summary>
    public static async Task MakeRoomAsync(RuntimeTransaction db, string apiId, int limit, string user, DateTimeOffset now)
    {
        var all = await db.ListAsync<Revision>($"SELECT {Columns} FROM revisions WHERE api_id = @apiId ORDER BY number", new { apiId });
        foreach (var earliest in all.Take(Math.Max(0, all.Count - limit + 1)))
        {
            foreach (var environment in await db.ListAsync<string>("SELECT environment FROM deployments WHERE revision_id = @Id", earliest))
            {
                await DeploymentRows.RemoveAsync(db, apiId, environment, now.ToUnixTimeMilliseconds());
            }

            await RemoveAsync(db, earliest, user, now);
        }
    }
}
