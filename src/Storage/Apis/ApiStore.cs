using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Apis;

/// <summary>APIs: the working copies.</summary>
public sealed class ApiStore(ApimDatabase database, TimeProvider time)
{
    public async Task<Api?> FindAsync(string organization, string id) => (await database.ReadAsync(db => db.FirstAsync<ApiRow>(
        $"SELECT {ApiRow.Columns} FROM apis WHERE id = @id AND organization = @organization", new { id, organization })))?.ToApi();

    public async Task<IReadOnlyDictionary<string, Api>> FindAsync(IReadOnlyCollection<string> ids) => (await database.ReadAsync(db =>
        db.ListAsync<ApiRow>($"SELECT {ApiRow.Columns} FROM apis WHERE id IN @ids", new { ids }))).ToDictionary(row => row.Id, row => row.ToApi());

    public async Task<ApiContent> ContentAsync(string id) => (await database.ReadAsync(db => db.FirstAsync<ContentRow>(
        "SELECT operations, definition FROM api_contents WHERE api_id = @id", new { id })))!.ToContent();

    public Task<Page<Api>> ListAsync(ApiQuery query, PageRequest page) => database.ReadAsync(async db =>
    {
        var arguments = query.Arguments(page);
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) FROM apis WHERE {query.Where}", arguments);
        var rows = await db.ListAsync<ApiRow>(
            $"SELECT {ApiRow.Columns} FROM apis WHERE {query.Where} ORDER BY name_key, version, id LIMIT @limit OFFSET @offset", arguments);
        return new Page<Api>([.. rows.Select(row => row.ToApi())], total);
    });

    /// <summary>Saves a new API; refuses a name, version or context that is taken.</summary>
    public Task CreateAsync(Api api, ApiContent content) => database.ChangeAsync(async db =>
    {
        await RefuseTakenAsync(db, api);
        await ScopeRows.ReplaceAsync(db, api);
        await PolicyRows.ReplaceAsync(db, api.Id, "", api.Design, content.Operations);
        await db.ExecuteAsync(
            """
            INSERT INTO apis (id, organization, name, name_key, version, context, served_context, provider, state, is_default_version, design,
                              next_revision, created_at, updated_at, updated_by, row_version, runtime_version)
            VALUES (@Id, @Organization, @Name, @nameKey, @Version, @Context, @ServedContext, @Provider, @state, 0, @design,
                    1, @CreatedAt, @UpdatedAt, @UpdatedBy, 1, @runtimeVersion)
            """,
            new
            {
                api.Id, api.Organization, api.Name, nameKey = NameKey.Of(api.Name), api.Version, api.Context, api.ServedContext, api.Provider,
                state = EnumText<LifecycleState>.Of(api.State), design = ModelJson.Write(api.Design), api.CreatedAt, api.UpdatedAt, api.UpdatedBy,
                runtimeVersion = db.Version,
            });
        await db.ExecuteAsync(
            "INSERT INTO api_contents (api_id, operations, definition) VALUES (@Id, @operations, @definition)",
            new { api.Id, operations = ModelJson.Write(content.Operations), definition = Compressed.From(content.Definition) });
        await LifecycleRows.AddAsync(db, api.Id, null, api.State, api.Provider, api.CreatedAt);
        await ApiChangeRows.AddAsync(
            db, api.Id, "api.created", "", FieldChanges.Between<object>(null, new { api.Name, api.Version, api.Context }), api.UpdatedBy, time.GetUtcNow());
        return await SetDefaultVersionAsync(db, api);
    });

    /// <summary>Saves design, default-version mark and content if the row still has the version the caller read.</summary>
    /// <param name="api">The API as it is to be.</param>
    /// <param name="content">Its content as it is to be.</param>
    /// <param name="action">What the history calls the change.</param>
    public Task UpdateAsync(Api api, ApiContent content, string action = "api.updated") => database.ChangeAsync(async db =>
    {
        var before = (await db.FirstAsync<ApiRow>($"SELECT {ApiRow.Columns} FROM apis WHERE id = @Id", new { api.Id }))?.ToApi()
            ?? throw Refusal.NotFound(900308, "API", api.Id);
        var contentBefore = (await db.FirstAsync<ContentRow>(
            "SELECT operations, definition FROM api_contents WHERE api_id = @Id", new { api.Id }))!.ToContent();
        await ApiChangeRows.AddAsync(
            db, api.Id, action, "", ApiDifference.Between(before, contentBefore, api, content), api.UpdatedBy, time.GetUtcNow());
        await RefuseStaleAsync(db, api, ModelJson.Write(api.Design));
        await ScopeRows.ReplaceAsync(db, api);
        await PolicyRows.ReplaceAsync(db, api.Id, "", api.Design, content.Operations);
        await db.ExecuteAsync(
            "UPDATE api_contents SET operations = @operations, definition = @definition WHERE api_id = @Id",
            new { api.Id, operations = ModelJson.Write(content.Operations), definition = Compressed.From(content.Definition) });
        return await SetDefaultVersionAsync(db, api);
    });

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
        await ApiParts.RemoveAllAsync(db, api.Id);
        var removed = await db.ExecuteAsync("DELETE FROM apis WHERE id = @Id AND row_version = @RowVersion", new { api.Id, api.RowVersion });
        if (removed == 0)
        {
            throw Refusal.Stale("API");
        }

        await Tombstones.BuryAsync(db, RuntimeKind.Api, api.Id, now);
        return 0;
    });

    private static async Task RefuseTakenAsync(Transaction db, Api api)
    {
        var sameName = await db.ListAsync<ApiRow>(
            $"SELECT {ApiRow.Columns} FROM apis WHERE organization = @Organization AND name_key = @nameKey",
            new { api.Organization, nameKey = NameKey.Of(api.Name) });
        if (sameName.Any(other => other.Version == api.Version))
        {
            throw Refusal.Conflict(900250, "API name exists", $"There is already an API '{api.Name}' in version {api.Version}.");
        }

        if (sameName.Any(other => other.Context != api.Context))
        {
            throw Refusal.BadRequest(
                $"Another version of '{api.Name}' has the context '{sameName[0].Context}'; versions of one API share it.", 900346);
        }

        if (sameName.Count == 0 && await db.AnyAsync(
            "SELECT 1 FROM apis WHERE organization = @Organization AND (context = @Context OR served_context = @ServedContext)",
            new { api.Organization, api.Context, api.ServedContext }))
        {
            throw Refusal.Conflict(900251, "Context exists", $"The context '{api.Context}' belongs to another API. Choose another one.");
        }
    }

    private static async Task RefuseStaleAsync(RuntimeTransaction db, Api api, string design)
    {
        var updated = await db.ExecuteAsync(
            """
            UPDATE apis SET design = @design, updated_at = @UpdatedAt, updated_by = @UpdatedBy,
                            row_version = row_version + 1, runtime_version = @version
            WHERE id = @Id AND row_version = @RowVersion
            """,
            new { api.Id, api.RowVersion, api.UpdatedAt, api.UpdatedBy, design, version = db.Version });
        if (updated == 0)
        {
            throw Refusal.Stale("API");
        }
    }

    // At most one version of a name is the default: setting it on one clears it on the others.
    private static async Task<int> SetDefaultVersionAsync(RuntimeTransaction db, Api api)
    {
        if (api.IsDefaultVersion)
        {
            await db.ExecuteAsync(
                """
                UPDATE apis SET is_default_version = 0, runtime_version = @version
                WHERE organization = @Organization AND name_key = @nameKey AND is_default_version = 1 AND id <> @Id
                """,
                new { api.Organization, api.Id, nameKey = NameKey.Of(api.Name), version = db.Version });
        }

        return await db.ExecuteAsync(
            "UPDATE apis SET is_default_version = @flag WHERE id = @Id", new { api.Id, flag = api.IsDefaultVersion ? 1 : 0 });
    }
}
