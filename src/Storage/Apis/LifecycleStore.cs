using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Apis;

/// <summary>One entry of an API's lifecycle history.</summary>
public sealed record LifecycleChange
{
    public string? PreviousState { get; init; }

    public string NewState { get; init; } = "";

    public string ChangedBy { get; init; } = "";

    /// <summary>Unix time in milliseconds.</summary>
    public long ChangedAt { get; init; }
}

/// <summary>What the publishing of a version does to older versions of the same API.</summary>
/// <param name="DeprecateOlder">Published ones become deprecated.</param>
/// <param name="CopySubscriptions">Who is subscribed to one of them is subscribed to this version too.</param>
public sealed record Succession(bool DeprecateOlder, bool CopySubscriptions)
{
    public static readonly Succession None = new(false, false);
}

/// <summary>Lifecycle changes with all that goes with them, each in one transaction.</summary>
public sealed class LifecycleStore(ApimDatabase database, TimeProvider time)
{
    public Task<IReadOnlyList<LifecycleChange>> HistoryAsync(string apiId) => database.ReadAsync(db => db.ListAsync<LifecycleChange>(
        "SELECT previous_state, new_state, changed_by, changed_at FROM lifecycle_changes WHERE api_id = @apiId ORDER BY changed_at, id",
        new { apiId }));

    /// <summary>Takes a step. Retiring ends every deployment, revision and subscription.</summary>
    /// <param name="api">The API as the caller read it.</param>
    /// <param name="step">The step.</param>
    /// <param name="user">Who takes it.</param>
    /// <param name="succession">What happens to older versions.</param>
    public Task ChangeAsync(Api api, LifecycleStep step, string user, Succession succession) =>
        database.ChangeAsync(db => ChangeAsync(db, api, step, user, succession));

    internal async Task<int> ChangeAsync(RuntimeTransaction db, Api api, LifecycleStep step, string user, Succession succession)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await LifecycleRows.SetStateAsync(db, api, step.To, user, now);
        if (step.To == LifecycleState.Retired)
        {
            await DeploymentRows.RemoveAllAsync(db, api.Id, now);
            await EndSubscriptionsAsync(db, api.Id, now);
            await Workflows.WorkflowRows.RemoveOfApiAsync(db, api.Id);
            await Applications.ApiKeyRows.RemoveOfApiAsync(db, api.Id, now);
            await db.ExecuteAsync("DELETE FROM api_policies WHERE api_id = @Id AND revision_id <> ''", api);
            await db.ExecuteAsync("DELETE FROM revisions WHERE api_id = @Id", api);
        }

        if (succession.CopySubscriptions)
        {
            await SubscriptionCopies.AddAsync(db, api, time.GetUtcNow());
        }

        if (succession.DeprecateOlder)
        {
            await DeprecateOlderAsync(db, api, user, now);
        }

        return 0;
    }

    private static async Task EndSubscriptionsAsync(RuntimeTransaction db, string apiId, long now)
    {
        foreach (var id in await db.ListAsync<string>("SELECT id FROM subscriptions WHERE api_id = @apiId", new { apiId }))
        {
            await Tombstones.BuryAsync(db, RuntimeKind.Subscription, id, now);
        }

        await db.ExecuteAsync("DELETE FROM subscriptions WHERE api_id = @apiId", new { apiId });
    }

    private static async Task DeprecateOlderAsync(RuntimeTransaction db, Api api, string user, long now)
    {
        var older = await db.ListAsync<ApiRow>(
            $"""
            SELECT {ApiRow.Columns} FROM apis
            WHERE organization = @Organization AND name_key = @nameKey AND state = @published AND provider = @Provider AND id <> @Id
              AND created_at <= @CreatedAt
            """,
            new
            {
                api.Organization, api.Provider, api.Id, api.CreatedAt, nameKey = NameKey.Of(api.Name),
                published = EnumText<LifecycleState>.Of(LifecycleState.Published),
            });
        foreach (var row in older)
        {
            await LifecycleRows.SetStateAsync(db, row.ToApi(), LifecycleState.Deprecated, user, now);
        }
    }
}
