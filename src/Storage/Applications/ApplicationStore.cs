using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Applications;

/// <summary>Order of an application list.</summary>
public enum ApplicationOrder
{
    Name,
    Policy,
    Status,
    CreatedTime,
}

/// <summary>Which of an owner's applications a list shows, and in which order.</summary>
public sealed record ApplicationQuery(string Organization, string Owner)
{
    /// <summary>The exact name, case does not matter; null for all.</summary>
    public string? Name { get; init; }

    public ApplicationOrder Order { get; init; }

    public bool Descending { get; init; }

    internal string OrderBy => (Order switch
    {
        ApplicationOrder.Policy => "policy",
        ApplicationOrder.Status => "status",
        ApplicationOrder.CreatedTime => "created_at",
        _ => "name_key",
    }) + (Descending ? " DESC" : " ASC") + ", id";
}

/// <summary>Applications.</summary>
public sealed class ApplicationStore(ApimDatabase database, TimeProvider time)
{
    public async Task<Application?> FindAsync(string organization, string id) => (await database.ReadAsync(db => db.FirstAsync<ApplicationRow>(
        $"SELECT {ApplicationRow.Columns} FROM applications WHERE id = @id AND organization = @organization",
        new { id, organization })))?.ToApplication();

    public async Task<IReadOnlyDictionary<string, Application>> FindAsync(IReadOnlyCollection<string> ids) => (await database.ReadAsync(db =>
        db.ListAsync<ApplicationRow>($"SELECT {ApplicationRow.Columns} FROM applications WHERE id IN @ids", new { ids })))
        .ToDictionary(row => row.Id, row => row.ToApplication());

    public Task<Page<Application>> ListAsync(ApplicationQuery query, PageRequest page) => database.ReadAsync(async db =>
    {
        var where = "organization = @Organization AND owner = @Owner" + (query.Name is null ? "" : " AND name_key = @name");
        var arguments = new
        {
            query.Organization, query.Owner, name = query.Name is null ? null : NameKey.Of(query.Name), limit = page.Limit, offset = page.Offset,
        };
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) FROM applications WHERE {where}", arguments);
        var rows = await db.ListAsync<ApplicationRow>(
            $"SELECT {ApplicationRow.Columns} FROM applications WHERE {where} ORDER BY {query.OrderBy} LIMIT @limit OFFSET @offset", arguments);
        return new Page<Application>([.. rows.Select(row => row.ToApplication())], total);
    });

    /// <summary>Number of subscriptions per application, for lists; applications without any are missing.</summary>
    public async Task<IReadOnlyDictionary<string, int>> SubscriptionCountsAsync(IReadOnlyCollection<string> ids) =>
        (await database.ReadAsync(db => db.ListAsync<CountRow>(
            "SELECT application_id AS id, COUNT(*) AS number FROM subscriptions WHERE application_id IN @ids GROUP BY application_id",
            new { ids }))).ToDictionary(row => row.Id, row => row.Number);

    public async Task CreateAsync(Application application)
    {
        try
        {
            await database.ChangeAsync(db => db.ExecuteAsync(
                """
                INSERT INTO applications (id, organization, name, name_key, owner, policy, description, token_type, status, attributes,
                                          created_at, updated_at, row_version, runtime_version)
                VALUES (@Id, @Organization, @Name, @nameKey, @Owner, @ThrottlingPolicy, @Description, @TokenType, @Status, @attributes,
                        @CreatedAt, @UpdatedAt, 1, @version)
                """,
                Arguments(application, db.Version)));
        }
        catch (DuplicateException)
        {
            throw NameTaken(application);
        }
    }

    public async Task UpdateAsync(Application application)
    {
        try
        {
            var updated = await database.ChangeAsync(db => db.ExecuteAsync(
                """
                UPDATE applications SET name = @Name, name_key = @nameKey, policy = @ThrottlingPolicy, description = @Description, token_type = @TokenType,
                    attributes = @attributes, updated_at = @UpdatedAt, row_version = row_version + 1, runtime_version = @version
                WHERE id = @Id AND row_version = @RowVersion
                """,
                Arguments(application, db.Version)));
            if (updated == 0)
            {
                throw Refusal.Stale("application");
            }
        }
        catch (DuplicateException)
        {
            throw NameTaken(application);
        }
    }

    /// <summary>Removes an application with its subscriptions, credentials and every token issued to them.</summary>
    public Task DeleteAsync(Application application) => database.ChangeAsync(async db =>
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var id in await db.ListAsync<string>("SELECT id FROM subscriptions WHERE application_id = @Id", application))
        {
            await Tombstones.BuryAsync(db, RuntimeKind.Subscription, id, now);
        }

        foreach (var consumerKey in await db.ListAsync<string>("SELECT consumer_key FROM credentials WHERE application_id = @Id", application))
        {
            await Tombstones.BuryAsync(db, RuntimeKind.Credential, consumerKey, now);
            await Tokens.AuthorizationRows.RemoveAsync(db, consumerKey);
        }

        await ApiKeyRows.RemoveOfApplicationAsync(db, application.Id, now);
        await db.ExecuteAsync("DELETE FROM subscriptions WHERE application_id = @Id", application);
        await db.ExecuteAsync("DELETE FROM credentials WHERE application_id = @Id", application);
        if (await db.ExecuteAsync("DELETE FROM applications WHERE id = @Id AND row_version = @RowVersion", application) == 0)
        {
            throw Refusal.Stale("application");
        }

        await Tombstones.BuryAsync(db, RuntimeKind.Application, application.Id, now);
        return 0;
    });

    private static object Arguments(Application application, long version) => new
    {
        application.Id, application.Organization, application.Name, nameKey = NameKey.Of(application.Name), application.Owner,
        application.ThrottlingPolicy, application.Description, application.TokenType, application.Status,
        attributes = ModelJson.Write(application.Attributes), application.CreatedAt, application.UpdatedAt, application.RowVersion, version,
    };

    private static Refusal NameTaken(Application application) => Refusal.Conflict(
        900301, "Application exists", $"You already have an application named '{application.Name}'. Choose another name.");

    private sealed record CountRow
    {
        public string Id { get; init; } = "";

        public int Number { get; init; }
    }
}
