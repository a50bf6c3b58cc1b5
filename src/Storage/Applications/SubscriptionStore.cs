using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Applications;

/// <summary>Which subscriptions a list shows: those of one application, or those for one API of the applications that someone sees.</summary>
public sealed record SubscriptionQuery(ApplicationQuery Applications, string? ApiId, string? ApplicationId);

/// <summary>Subscriptions.</summary>
public sealed class SubscriptionStore(ApimDatabase database, TimeProvider time)
{
    public async Task<Subscription?> FindAsync(string organization, string id) => (await database.ReadAsync(db =>
        db.FirstAsync<SubscriptionRow>(
            $"SELECT {SubscriptionRow.Columns} FROM subscriptions WHERE id = @id AND organization = @organization",
            new { id, organization })))?.ToSubscription();

    public Task<Page<Subscription>> ListAsync(SubscriptionQuery query, PageRequest page) => database.ReadAsync(async db =>
    {
        const string From = "FROM subscriptions s JOIN applications a ON a.id = s.application_id";
        var where = $"a.organization = @Organization AND {query.Applications.Whose("a")}"
            + (query.ApiId is null ? "" : " AND s.api_id = @ApiId")
            + (query.ApplicationId is null ? "" : " AND s.application_id = @ApplicationId");
        var arguments = new
        {
            query.Applications.Organization, query.Applications.Owner, groups = query.Applications.GroupKeys, query.ApiId, query.ApplicationId,
            limit = page.Limit, offset = page.Offset,
        };
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) {From} WHERE {where}", arguments);
        var columns = string.Join(", ", SubscriptionRow.Columns.Split(", ").Select(column => "s." + column));
        var rows = await db.ListAsync<SubscriptionRow>(
            $"SELECT {columns} {From} WHERE {where} ORDER BY s.created_at, s.id LIMIT @limit OFFSET @offset", arguments);
        return new Page<Subscription>([.. rows.Select(row => row.ToSubscription())], total);
    });

    /// <summary>Saves new subscriptions, all or none.</summary>
    public Task CreateAsync(params IReadOnlyList<Subscription> subscriptions) => CreateAsync(subscriptions, []);

    /// <summary>Saves new subscriptions with the requests for those that wait for approval, all or none.</summary>
    public async Task CreateAsync(IReadOnlyList<Subscription> subscriptions, IReadOnlyList<WorkflowTask> tasks)
    {
        try
        {
            await database.ChangeAsync(async db =>
            {
                foreach (var subscription in subscriptions)
                {
                    await RefuseGoneAsync(db, subscription);
                    await InsertAsync(db, subscription);
                }

                foreach (var task in tasks)
                {
                    await Workflows.WorkflowRows.AddAsync(db, task);
                }

                return 0;
            });
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(409, "Subscription exists", "The application is already subscribed to this API. Change its plan instead.");
        }
    }

    public async Task ChangePlanAsync(Subscription subscription, string plan)
    {
        var updated = await database.ChangeAsync(db => db.ExecuteAsync(
            """
            UPDATE subscriptions SET plan = @plan, row_version = row_version + 1, runtime_version = @version
            WHERE id = @Id AND row_version = @RowVersion
            """,
            new { subscription.Id, subscription.RowVersion, plan, version = db.Version }));
        if (updated == 0)
        {
            throw Refusal.Stale("subscription");
        }
    }

    public Task DeleteAsync(Subscription subscription) => database.ChangeAsync(db => RemoveAsync(db, subscription.Id));

    internal async Task<int> RemoveAsync(RuntimeTransaction db, string id)
    {
        await Workflows.WorkflowRows.RemoveOfSubjectAsync(db, id);
        if (await db.ExecuteAsync("DELETE FROM subscriptions WHERE id = @id", new { id }) > 0)
        {
            await Tombstones.BuryAsync(db, RuntimeKind.Subscription, id, time.GetUtcNow().ToUnixTimeMilliseconds());
        }

        return 0;
    }

    internal static Task<int> InsertAsync(RuntimeTransaction db, Subscription subscription) => db.ExecuteAsync(
        """
        INSERT INTO subscriptions (id, organization, api_id, application_id, plan, state, created_at, row_version, runtime_version)
        VALUES (@Id, @Organization, @ApiId, @ApplicationId, @Plan, @state, @CreatedAt, 1, @version)
        """,
        new
        {
            subscription.Id, subscription.Organization, subscription.ApiId, subscription.ApplicationId, subscription.Plan, subscription.CreatedAt,
            state = EnumText<SubscriptionState>.Of(subscription.State), version = db.Version,
        });

    // API and application are checked again inside the transaction: either may have ended since the caller looked.
    private static async Task RefuseGoneAsync(Transaction db, Subscription subscription)
    {
        var state = await db.FirstAsync<string>("SELECT state FROM apis WHERE id = @ApiId", subscription);
        if (state is null)
        {
            throw Refusal.NotFound(900308, "API", subscription.ApiId);
        }

        if (!Lifecycle.Subscribable(EnumText<LifecycleState>.Parse(state)))
        {
            throw Refusal.BadRequest($"The API is {state}; only published and pre-released APIs take new subscriptions.");
        }

        if (!await db.AnyAsync("SELECT 1 FROM applications WHERE id = @ApplicationId", subscription))
        {
            throw Refusal.NotFound(900307, "application", subscription.ApplicationId);
        }
    }
}
