using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Search;

namespace Tollgate.Storage.Apis;

/// <summary>APIs: the working copies.</summary>
public sealed class ApiStore(ApimDatabase database, TimeProvider time)
{
    public async Task<Api?> FindAsync(string organization, string id) => (await database.ReadAsync(db => db.FirstAsync<ApiRow>(
        $"SELECT {ApiRow.Columns} FROM apis WHERE id = @id AND organization = @organization", new { id, organization })))?.ToApi();

    /// <summary>By name, case does not matter, and version.</summary>
    public async Task<Api?> FindAsync(string organization, string name, string version) => (await database.ReadAsync(db => db.FirstAsync<ApiRow>(
        $"SELECT {ApiRow.Columns} FROM apis WHERE organization = @organization AND name_key = @nameKey AND version = @version",
        new { organization, nameKey = NameKey.Of(name), version })))?.ToApi();

    public async Task<IReadOnlyDictionary<string, Api>> FindAsync(IReadOnlyCollection<string> ids) => (await database.ReadAsync(db =>
        db.ListAsync<ApiRow>($"SELECT {ApiRow.Columns} FROM apis WHERE id IN @ids", new { ids }))).ToDictionary(row => row.Id, row => row.ToApi());

    public async Task<ApiContent> ContentAsync(string id) => (await database.ReadAsync(db => db.FirstAsync<ContentRow>(
        "SELECT operations, definition FROM api_contents WHERE api_id = @id", new { id })))!.ToContent();

    public Task<Page<Api>> ListAsync(ApiQuery query, PageRequest page) => database.ReadAsync(async db =>
    {
        var conditions = ApiConditions.Of(query, database.Database.Dialect);
        var from = $"FROM apis a WHERE {conditions.Sql}";
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) {from}", conditions.Arguments);
        conditions.Add(page);

        // Ids first, from an index, so that rows before the page cost next to nothing.
        var ids = await db.ListAsync<string>(
            $"SELECT a.id {from} ORDER BY {query.OrderBy} LIMIT @limit OFFSET @offset", conditions.Arguments);
        var rows = (await db.ListAsync<ApiRow>($"SELECT {ApiRow.Columns} FROM apis WHERE id IN @ids", new { ids })).ToDictionary(row => row.Id);
        return new Page<Api>([.. ids.Where(rows.ContainsKey).Select(id => rows[id].ToApi())], total);
    });

    public Task<bool> IsNameTakenAsync(string organization, string name) => database.ReadAsync(db => db.AnyAsync(
        "SELECT 1 FROM apis WHERE organization = @organization AND name_key = @key LIMIT 1", new { organization, key = NameKey.Of(name) }));

    /// <summary>Whether an API has this context, with its version or without.</summary>
    public Task<bool> IsContextTakenAsync(string organization, string context) => database.ReadAsync(db => db.AnyAsync(
        "SELECT 1 FROM apis WHERE organization = @organization AND (context = @context OR served_context = @context) LIMIT 1",
        new { organization, context }));

    /// <summary>Saves a new API; refuses a name, version or context that is taken.</summary>
    public Task CreateAsync(Api api, ApiContent content)
    {
        var facts = new ApiFacts(api, content);
        return database.ChangeAsync(db => ApiRows.InsertAsync(db, api, content, facts, "api.created", time.GetUtcNow()));
    }

    /// <summary>Saves design, default-version mark and content if the row still has the version the caller read.</summary>
    /// <param name="api">The API as it is to be.</param>
    /// <param name="content">Its content as it is to be.</param>
    /// <param name="action">What the history calls the change.</param>
    public Task UpdateAsync(Api api, ApiContent content, string action = "api.updated")
    {
        var facts = new ApiFacts(api, content);
        return database.ChangeAsync(db => ApiRows.UpdateAsync(db, api, content, facts, action, time.GetUtcNow()));
    }

    /// <summary>Removes an API with its revisions and deployments; refused while subscriptions exist.</summary>
    public Task DeleteAsync(Api api) => database.ChangeAsync(async db =>
    {
        if (await db.AnyAsync("SELECT 1 FROM subscriptions WHERE api_id = @Id LIMIT 1", new { api.Id }))
        {
            throw Refusal.Conflict(
                409, "API has subscriptions", "Applications are subscribed to this API. Retire it, or let them unsubscribe, before you delete it.");
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await DeploymentRows.RemoveAllAsync(db, api.Id, now);
        await ProductRows.RefuseUsedAsync(db, api);
        await db.ExecuteAsync("DELETE FROM product_apis WHERE product_id = @Id", new { api.Id });
        await ApiParts.RemoveAllAsync(db, api.Id);
        await Applications.ApiKeyRows.RemoveOfApiAsync(db, api.Id, now);
        var removed = await db.ExecuteAsync("DELETE FROM apis WHERE id = @Id AND row_version = @RowVersion", new { api.Id, api.RowVersion });
        if (removed == 0)
        {
            throw Refusal.Stale("API");
        }

        await Tombstones.BuryAsync(db, RuntimeKind.Api, api.Id, now);
        return 0;
    });
}
