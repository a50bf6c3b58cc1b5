using Tollgate.Model;

namespace Tollgate.Storage.Apis;

/// <summary>The history of lifecycle changes.</summary>
internal static class LifecycleRows
{
    public static Task AddAsync(Transaction db, string apiId, LifecycleState? from, LifecycleState to, string user, long now) => db.ExecuteAsync(
        """
        INSERT INTO lifecycle_changes (id, api_id, previous_state, new_state, changed_by, changed_at)
        VALUES (@id, @apiId, @from, @to, @user, @now)
        """,
        new
        {
            id = Guid.CreateVersion7().ToString(), apiId, from = from is { } state ? EnumText<LifecycleState>.Of(state) : null,
            to = EnumText<LifecycleState>.Of(to), user, now,
        });

    /// <summary>Moves an API that still has the version the caller read.</summary>
    public static async Task SetStateAsync(RuntimeTransaction db, Api api, LifecycleState to, string user, long now)
    {
        var updated = await db.ExecuteAsync(
            """
            UPDATE apis SET state = @to, updated_at = @now, updated_by = @user, row_version = row_version + 1, runtime_version = @version
            WHERE id = @Id AND row_version = @RowVersion
            """,
            new { api.Id, api.RowVersion, to = EnumText<LifecycleState>.Of(to), now, user, version = db.Version });
        if (updated == 0)
        {
            throw Refusal.Stale("API");
        }

        await AddAsync(db, api.Id, api.State, to, user, now);
        await ApiChangeRows.AddAsync(
            db, api.Id, "lifecycle.changed", "", [FieldChanges.Of("lifeCycleStatus", EnumText<LifecycleState>.Of(api.State), EnumText<LifecycleState>.Of(to))],
            user, DateTimeOffset.FromUnixTimeMilliseconds(now));
    }
}
