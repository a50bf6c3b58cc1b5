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
}
