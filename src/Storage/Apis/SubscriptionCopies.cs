using Tollgate.Model;
using Tollgate.Storage.Applications;

namespace Tollgate.Storage.Apis;

/// <summary>Subscriptions of older versions, carried over to a new one.</summary>
internal static class SubscriptionCopies
{
    /// <summary>
    /// Subscribes whoever is subscribed to an older version and not to this one, under the same plan and in the same state, the newest of
    /// the older versions first; a plan that the new version does not offer is not carried over.
    /// </summary>
    public static async Task AddAsync(RuntimeTransaction db, Api api, DateTimeOffset now)
    {
        var older = await db.ListAsync<SubscriptionRow>(
            $"""
            SELECT {string.Join(", ", SubscriptionRow.Columns.Split(", ").Select(column => "s." + column))}
            FROM subscriptions s JOIN apis a ON a.id = s.api_id
            WHERE a.organization = @Organization AND a.name_key = @nameKey AND a.provider = @Provider AND a.id <> @Id AND a.created_at <= @CreatedAt
              AND s.state IN @states
              AND NOT EXISTS (SELECT 1 FROM subscriptions mine WHERE mine.api_id = @Id AND mine.application_id = s.application_id)
            ORDER BY a.created_at DESC, a.id DESC
            """,
            new
            {
                api.Organization, api.Provider, api.Id, api.CreatedAt, nameKey = NameKey.Of(api.Name), states = Carried,
            });
        foreach (var subscription in older.Select(row => row.ToSubscription()).DistinctBy(subscription => subscription.ApplicationId))
        {
            if (api.Design.Policies.Contains(subscription.Plan, StringComparer.OrdinalIgnoreCase))
            {
                await SubscriptionStore.InsertAsync(db, subscription with
                {
                    Id = Guid.CreateVersion7(now).ToString(),
                    ApiId = api.Id,
                    CreatedAt = now.ToUnixTimeMilliseconds(),
                });
            }
        }
    }

    // What waits for an approval or for its end is not a right that could be carried over.
    private static readonly string[] Carried =
    [
        .. ((SubscriptionState[])[SubscriptionState.Unblocked, SubscriptionState.Blocked, SubscriptionState.ProductionBlocked])
            .Select(EnumText<SubscriptionState>.Of),
    ];
}
