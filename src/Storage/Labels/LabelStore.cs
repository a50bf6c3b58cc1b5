using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Labels;

/// <summary>Labels, and which APIs bear them.</summary>
public sealed class LabelStore(ApimDatabase database, TimeProvider time)
{
    private const string Columns = "labels.id, labels.organization, labels.name, labels.description, labels.row_version";

    public Task<Page<ApiLabel>> ListAsync(string organization, PageRequest page) => database.ReadAsync(async db =>
    {
        var arguments = new { organization, limit = page.Limit, offset = page.Offset };
        var total = await db.FirstAsync<int>("SELECT COUNT(*) FROM labels WHERE organization = @organization", arguments);
        var items = await db.ListAsync<ApiLabel>(
            $"SELECT {Columns} FROM labels WHERE organization = @organization ORDER BY name_key LIMIT @limit OFFSET @offset", arguments);
        return new Page<ApiLabel>(items, total);
    });

    public Task<ApiLabel?> FindAsync(string organization, string id) => database.ReadAsync(db => db.FirstAsync<ApiLabel>(
        $"SELECT {Columns} FROM labels WHERE organization = @organization AND id = @id", new { organization, id }));

    public async Task CreateAsync(ApiLabel label)
    {
        try
        {
            await database.WriteAsync(db => db.ExecuteAsync(
                """
                INSERT INTO labels (id, organization, name, name_key, description, row_version)
                VALUES (@Id, @Organization, @Name, @nameKey, @Description, 1)
                """,
                Arguments(label)));
        }
        catch (DuplicateException)
        {
            throw Exists(label);
        }
    }

    public async Task UpdateAsync(ApiLabel label)
    {
        try
        {
            if (await database.WriteAsync(db => db.ExecuteAsync(
                """
                UPDATE labels SET name = @Name, name_key = @nameKey, description = @Description, row_version = row_version + 1
                WHERE id = @Id AND row_version = @RowVersion
                """,
                Arguments(label))) == 0)
            {
                throw Refusal.Stale("label");
            }
        }
        catch (DuplicateException)
        {
            throw Exists(label);
        }
    }

    /// <summary>Removes a label that no API bears.</summary>
    public Task DeleteAsync(ApiLabel label) => database.WriteAsync(async db =>
    {
        var bearers = await db.FirstAsync<int>("SELECT COUNT(*) FROM api_labels WHERE label_id = @Id", new { label.Id });
        return bearers == 0
            ? await db.ExecuteAsync("DELETE FROM labels WHERE id = @Id", new { label.Id })
            : throw Refusal.Conflict(409, "Label is in use", $"{bearers} APIs bear the label '{label.Name}'. Detach it from them before you delete it.");
    });

    /// <summary>The APIs that bear a label.</summary>
    public Task<IReadOnlyList<Api>> BearersAsync(string labelId) => database.ReadAsync<IReadOnlyList<Api>>(async db =>
    [
        .. (await db.ListAsync<ApiRow>(
            $"""
            SELECT {ApiRow.Columns} FROM apis WHERE id IN (SELECT api_id FROM api_labels WHERE label_id = @labelId)
            ORDER BY name_key, version
            """,
            new { labelId })).Select(row => row.ToApi()),
    ]);

    /// <summary>The labels of an API.</summary>
    public Task<IReadOnlyList<ApiLabel>> OfApiAsync(string apiId) => database.ReadAsync(db => db.ListAsync<ApiLabel>(
        $"SELECT {Columns} FROM labels JOIN api_labels ON api_labels.label_id = labels.id WHERE api_labels.api_id = @apiId ORDER BY labels.name_key",
        new { apiId }));

    /// <summary>Attaches labels; those that are attached already stay so.</summary>
    public Task AttachAsync(Api api, IReadOnlyList<string> labelIds, string user) => database.WriteAsync(async db =>
    {
        await ApiParts.HoldAsync(db, api.Id);
        foreach (var labelId in labelIds.Distinct(StringComparer.Ordinal))
        {
            var name = await NameAsync(db, api.Organization, labelId);
            var key = new { apiId = api.Id, labelId };
            if (!await db.AnyAsync("SELECT 1 FROM api_labels WHERE api_id = @apiId AND label_id = @labelId", key))
            {
                await db.ExecuteAsync("INSERT INTO api_labels (api_id, label_id) VALUES (@apiId, @labelId)", key);
                await ApiChangeRows.AddAsync(db, api.Id, "label.attached", name, [], user, time.GetUtcNow());
            }
        }

        return labelIds.Count;
    });

    /// <summary>Detaches labels; those that are not attached stay so.</summary>
    public Task DetachAsync(Api api, IReadOnlyList<string> labelIds, string user) => database.WriteAsync(async db =>
    {
        await ApiParts.HoldAsync(db, api.Id);
        foreach (var labelId in labelIds.Distinct(StringComparer.Ordinal))
        {
            var name = await NameAsync(db, api.Organization, labelId);
            if (await db.ExecuteAsync(
                "DELETE FROM api_labels WHERE api_id = @apiId AND label_id = @labelId", new { apiId = api.Id, labelId }) > 0)
            {
                await ApiChangeRows.AddAsync(db, api.Id, "label.detached", name, [], user, time.GetUtcNow());
            }
        }

        return labelIds.Count;
    });

    private static async Task<string> NameAsync(Transaction db, string organization, string id) => await db.FirstAsync<string>(
        "SELECT name FROM labels WHERE organization = @organization AND id = @id", new { organization, id })
        ?? throw Refusal.BadRequest($"There is no label '{id}'.");

    private static object Arguments(ApiLabel label) => new
    {
        label.Id, label.Organization, label.Name, nameKey = NameKey.Of(label.Name), label.Description, label.RowVersion,
    };

    private static Refusal Exists(ApiLabel label) =>
        Refusal.Conflict(409, "Label exists", $"There is a label '{label.Name}' already.");
}
