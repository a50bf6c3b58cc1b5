using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Search;
using Tollgate.Storage.Workflows;

namespace Tollgate.Storage.Applications;

/// <summary>Which subscriptions a publisher's list shows.</summary>
/// <param name="Organization">Whose APIs.</param>
/// <param name="ApiId">One API; null for all.</param>
/// <param name="Viewer">Whose access to the APIs counts.</param>
/// <param name="Contains">Part of the application's name or of its owner's, case does not matter; null for all.</param>
public sealed record SubscriberQuery(string Organization, string? ApiId, Viewer Viewer, string? Contains)
{
    internal string Where => "s.organization = @Organization"
        + (ApiId is null ? "" : " AND s.api_id = @ApiId")
        + $" AND {Viewer.Admits("s.api_id")}"
        + (Contains is null ? "" : " AND (a.name_key LIKE @pattern ESCAPE '!' OR LOWER(a.owner) LIKE @pattern ESCAPE '!')");

    internal object Arguments(PageRequest page) => new
    {
        Organization, ApiId, purpose = Viewer.Purpose, keys = Viewer.Keys, pattern = Contains is null ? null : NameKey.Contains(Contains),
        limit = page.Limit, offset = page.Offset,
    };
}

/// <summary>A subscription with the application that holds it.</summary>
public sealed record Subscriber(Subscription Subscription, string ApplicationName, string Owner, string? Description);

/// <summary>Subscriptions as the publishers of the APIs see and control them.</summary>
public sealed class SubscriberStore(ApimDatabase database, TimeProvider time)
{
    public Task<Page<Subscriber>> ListAsync(SubscriberQuery query, PageRequest page) => database.ReadAsync(async db =>
    {
        const string From = "FROM subscriptions s JOIN applications a ON a.id = s.application_id";
        var arguments = query.Arguments(page);
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) {From} WHERE {query.Where}", arguments);
        var rows = await db.ListAsync<SubscriberRow>(
            $"SELECT {SubscriberRow.Columns} {From} WHERE {query.Where} ORDER BY s.created_at, s.id LIMIT @limit OFFSET @offset", arguments);
        return new Page<Subscriber>([.. rows.Select(row => row.ToSubscriber())], total);
    });

    public async Task<Subscriber?> FindAsync(string organization, string id) => (await database.ReadAsync(db => db.FirstAsync<SubscriberRow>(
        $"""
        SELECT {SubscriberRow.Columns} FROM subscriptions s JOIN applications a ON a.id = s.application_id
        WHERE s.id = @id AND s.organization = @organization
        """,
        new { id, organization })))?.ToSubscriber();

    /// <summary>Saves state and plan if the row still has the version the caller read.</summary>
    public Task UpdateAsync(Subscriber subscriber, SubscriptionState state, string plan, string user) => database.ChangeAsync(async db =>
    {
        var before = subscriber.Subscription;
        // A request that waited when the subscription was blocked waits on.
        state = state == SubscriptionState.Unblocked ? await SubscriptionRequests.WaitingStateAsync(db, before.Id) : state;
        var updated = await db.ExecuteAsync(
            """
            UPDATE subscriptions SET state = @state, plan = @plan, row_version = row_version + 1, runtime_version = @version
            WHERE id = @Id AND row_version = @RowVersion
            """,
            new { before.Id, before.RowVersion, state = EnumText<SubscriptionState>.Of(state), plan, version = db.Version });
        if (updated == 0)
        {
            throw Refusal.Stale("subscription");
        }

        await ApiChangeRows.AddAsync(
            db, before.ApiId, "subscription.changed", $"{subscriber.ApplicationName} of {subscriber.Owner}",
            FieldChanges.Between(
                new { state = EnumText<SubscriptionState>.Of(before.State), before.Plan },
                new { state = EnumText<SubscriptionState>.Of(state), Plan = plan }),
            user, time.GetUtcNow());
        return 0;
    });

    private sealed record SubscriberRow
    {
        public const string Columns =
            "s.id, s.organization, s.api_id, s.application_id, s.plan, s.state, s.created_at, s.row_version, a.name, a.owner, a.description";

        public string Id { get; init; } = "";

        public string Organization { get; init; } = "";

        public string ApiId { get; init; } = "";

        public string ApplicationId { get; init; } = "";

        public string Plan { get; init; } = "";

        public string State { get; init; } = "";

        public long CreatedAt { get; init; }

        public long RowVersion { get; init; }

        public string Name { get; init; } = "";

        public string Owner { get; init; } = "";

        public string? Description { get; init; }

        public Subscriber ToSubscriber() => new(
            new Subscription
            {
                Id = Id,
                Organization = Organization,
                ApiId = ApiId,
                ApplicationId = ApplicationId,
                Plan = Plan,
                State = EnumText<SubscriptionState>.Parse(State),
                CreatedAt = CreatedAt,
                RowVersion = RowVersion,
            },
            Name, Owner, Description);
    }
}
