using Tollgate.Model;
using Tollgate.Storage.Categories;
using Tollgate.Storage.Search;

namespace Tollgate.Storage.Apis;

/// <summary>Writes working copies inside somebody's transaction.</summary>
internal static class ApiRows
{
    /// <summary>Saves a new API; refuses a name, version or context that is taken.</summary>
    public static async Task<int> InsertAsync(
        RuntimeTransaction db, Api api, ApiContent content, ApiFacts facts, string action, DateTimeOffset now)
    {
        await RefuseTakenAsync(db, api);
        await PartsAsync(db, api, content);
        await db.ExecuteAsync(
            """
            INSERT INTO apis (id, organization, name, name_key, version, context, served_context, provider, state, is_default_version, is_product, design,
                              next_revision, created_at, updated_at, updated_by, row_version, runtime_version)
            VALUES (@Id, @Organization, @Name, @nameKey, @Version, @Context, @ServedContext, @Provider, @state, 0, @isProduct, @design,
                    1, @CreatedAt, @UpdatedAt, @UpdatedBy, 1, @runtimeVersion)
            """,
            new
            {
                api.Id, api.Organization, api.Name, nameKey = NameKey.Of(api.Name), api.Version, api.Context, api.ServedContext, api.Provider,
                state = EnumText<LifecycleState>.Of(api.State), design = ModelJson.Write(api.Design), api.CreatedAt, api.UpdatedAt, api.UpdatedBy,
                isProduct = api.IsProduct ? 1 : 0, runtimeVersion = db.Version,
            });
        await db.ExecuteAsync(
            "INSERT INTO api_contents (api_id, operations, definition) VALUES (@Id, @operations, @definition)",
            new { api.Id, operations = ModelJson.Write(content.Operations), definition = Compressed.From(content.Definition) });
        await LifecycleRows.AddAsync(db, api.Id, null, api.State, api.Provider, api.CreatedAt);
        await ApiChangeRows.AddAsync(
            db, api.Id, action, "", FieldChanges.Between<object>(null, new { api.Name, api.Version, api.Context }), api.UpdatedBy, now);
        await facts.ReplaceAsync(db);
        return await SetDefaultVersionAsync(db, api);
    }

    /// <summary>Saves design, default-version mark and content if the row still has the version the caller read.</summary>
    public static async Task<int> UpdateAsync(
        RuntimeTransaction db, Api api, ApiContent content, ApiFacts facts, string action, DateTimeOffset now)
    {
        var before = (await db.FirstAsync<ApiRow>($"SELECT {ApiRow.Columns} FROM apis WHERE id = @Id", new { api.Id }))?.ToApi()
            ?? throw Refusal.NotFound(900308, "API", api.Id);
        var contentBefore = (await db.FirstAsync<ContentRow>(
            "SELECT operations, definition FROM api_contents WHERE api_id = @Id", new { api.Id }))!.ToContent();
        await ApiChangeRows.AddAsync(db, api.Id, action, "", ApiDifference.Between(before, contentBefore, api, content), api.UpdatedBy, now);
        await RefuseStaleAsync(db, api, ModelJson.Write(api.Design));
        await PartsAsync(db, api, content);
        await db.ExecuteAsync(
            "UPDATE api_contents SET operations = @operations, definition = @definition WHERE api_id = @Id",
            new { api.Id, operations = ModelJson.Write(content.Operations), definition = Compressed.From(content.Definition) });
        await facts.ReplaceAsync(db);
        return await SetDefaultVersionAsync(db, api);
    }

    // The scopes of a product belong to the APIs that it is made of.
    private static async Task PartsAsync(Transaction db, Api api, ApiContent content)
    {
        await CategoryRows.ReplaceAsync(db, api);
        await PolicyRows.ReplaceAsync(db, api.Id, "", api.Design, content.Operations);
        if (api.IsProduct)
        {
            await ProductRows.ReplaceAsync(db, api, content.Operations);
        }
        else
        {
            await ScopeRows.ReplaceAsync(db, api);
            await ProductRows.RefuseLostAsync(db, api, content.Operations);
        }
    }

    private static async Task RefuseTakenAsync(Transaction db, Api api)
    {
        var sameName = await db.ListAsync<ApiRow>(
            $"SELECT {ApiRow.Columns} FROM apis WHERE organization = @Organization AND name_key = @nameKey",
            new { api.Organization, nameKey = NameKey.Of(api.Name) });
        if (sameName.FirstOrDefault(other => other.Name != api.Name) is { } known)
        {
            throw Refusal.Conflict(
                900250, "API name exists", $"There is an API '{known.Name}' already; names that differ in upper and lower case alone are one name.");
        }

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
