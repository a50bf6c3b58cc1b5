using Tollgate.Model;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Apis;

/// <summary>Who an API belongs to.</summary>
public sealed class ProviderStore(ApimDatabase database, TimeProvider time)
{
    /// <summary>Gives an API to another user; its deployments name the provider and are sent to gateways again.</summary>
    public Task ChangeAsync(Api api, string provider, string user) => database.ChangeAsync(async db =>
    {
        var updated = await db.ExecuteAsync(
            """
            UPDATE apis SET provider = @provider, updated_by = @user, updated_at = @now, row_version = row_version + 1, runtime_version = @version
            WHERE id = @Id AND row_version = @RowVersion
            """,
            new { api.Id, api.RowVersion, provider, user, now = time.GetUtcNow().ToUnixTimeMilliseconds(), version = db.Version });
        if (updated == 0)
        {
            throw Refusal.Stale("API");
        }

        await ApiChangeRows.AddAsync(
            db, api.Id, "api.provider-changed", "", FieldChanges.Between(new { api.Provider }, new { Provider = provider }), user, time.GetUtcNow());
        return await db.ExecuteAsync(
            "UPDATE deployments SET runtime_version = @version WHERE api_id = @Id", new { api.Id, version = db.Version });
    });
}
