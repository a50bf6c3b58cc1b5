using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Applications;

/// <summary>Applications.</summary>
public sealed class ApplicationStore(ApimDatabase database, TimeProvider time)
{
    private const int MostResets = 1_000;

    public async Task<Application?> FindAsync(string organization, string id) => (await database.ReadAsync(db => db.FirstAsync<ApplicationRow>(
        $"SELECT {ApplicationRow.Columns} FROM applications WHERE id = @id AND organization = @organization",
        new { id, organization })))?.ToApplication();

    public async Task<IReadOnlyDictionary<string, Application>> FindAsync(IReadOnlyCollection<string> ids) => (await database.ReadAsync(db =>
        db.ListAsync<ApplicationRow>($"SELECT {ApplicationRow.Columns} FROM applications WHERE id IN @ids", new { ids })))
        .ToDictionary(row => row.Id, row => row.ToApplication());

    /// <summary>An owner's application by name; case does not matter.</summary>
    public async Task<Application?> FindByNameAsync(string organization, string owner, string name) => (await database.ReadAsync(db =>
        db.FirstAsync<ApplicationRow>(
            $"SELECT {ApplicationRow.Columns} FROM applications WHERE organization = @organization AND owner = @owner AND name_key = @key",
            new { organization, owner, key = NameKey.Of(name) })))?.ToApplication();

    public Task<Page<Application>> ListAsync(ApplicationQuery query, PageRequest page) => database.ReadAsync(async db =>
    {
        var arguments = new
        {
            query.Organization, query.Owner, groups = query.GroupKeys, name = query.Name is null ? null : NameKey.Of(query.Name),
            limit = page.Limit, offset = page.Offset,
        };
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) FROM applications WHERE {query.Where}", arguments);
        return new Page<Application>([.. await ApplicationRow.PageAsync(db, query.Where, query.OrderBy, arguments)], total);
    });

    /// <summary>Number of subscriptions per application, for lists; applications without any are missing.</summary>
    public async Task<IReadOnlyDictionary<string, int>> SubscriptionCountsAsync(IReadOnlyCollection<string> ids) =>
        (await database.ReadAsync(db => db.ListAsync<CountRow>(
            "SELECT application_id AS id, COUNT(*) AS number FROM subscriptions WHERE application_id IN @ids GROUP BY application_id",
            new { ids }))).ToDictionary(row => row.Id, row => row.Number);

    /// <summary>Saves a new application, with the request for its approval if it waits for one.</summary>
    public async Task CreateAsync(Application application, WorkflowTask? task = null)
    {
        try
        {
            await database.ChangeAsync(async db =>
            {
                await Workflows.WorkflowRows.AddAsync(db, task);
                await ApplicationGroupRows.ReplaceAsync(db, application);
                return await db.ExecuteAsync(
                    """
                    INSERT INTO applications (id, organization, name, name_key, owner, policy, description, token_type, status, attributes,
                                              shared_with, created_at, updated_at, row_version, runtime_version)
                    VALUES (@Id, @Organization, @Name, @nameKey, @Owner, @ThrottlingPolicy, @Description, @TokenType, @Status, @attributes,
                            @groups, @CreatedAt, @UpdatedAt, 1, @version)
                    """,
                    Arguments(application, db.Version));
            });
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
            await database.ChangeAsync(db => ChangeAsync(db, application));
        }
        catch (DuplicateException)
        {
            throw NameTaken(application);
        }
    }

    internal static async Task<int> ChangeAsync(RuntimeTransaction db, Application application)
    {
        var updated = await db.ExecuteAsync(
            """
            UPDATE applications SET name = @Name, name_key = @nameKey, policy = @ThrottlingPolicy, description = @Description,
                token_type = @TokenType, status = @Status, attributes = @attributes, shared_with = @groups, updated_at = @UpdatedAt,
                row_version = row_version + 1, runtime_version = @version
            WHERE id = @Id AND row_version = @RowVersion
            """,
            Arguments(application, db.Version));
        if (updated == 0)
        {
            throw Refusal.Stale("application");
        }

        await ApplicationGroupRows.ReplaceAsync(db, application);
        return updated;
    }

    /// <summary>Gives an application to another user; refused when that user has one of the same name.</summary>
    public async Task ChangeOwnerAsync(Application application, string owner)
    {
        try
        {
            var updated = await database.ChangeAsync(db => db.ExecuteAsync(
                """
                UPDATE applications SET owner = @owner, updated_at = @now, row_version = row_version + 1, runtime_version = @version
                WHERE id = @Id AND row_version = @RowVersion
                """,
                new { application.Id, application.RowVersion, owner, now = time.GetUtcNow().ToUnixTimeMilliseconds(), version = db.Version }));
            if (updated == 0)
            {
                throw Refusal.Stale("application");
            }
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(
                900301, "Application exists", $"'{owner}' already has an application named '{application.Name}'. One of them needs another name.");
        }
    }

    /// <summary>Starts a user's count under the application's policy anew, at every gateway.</summary>
    public Task ResetCountAsync(Application application, string subject) => database.ChangeAsync(async db =>
    {
        var now = time.GetUtcNow();
        var row = await db.FirstAsync<ApplicationRow>($"SELECT {ApplicationRow.Columns} FROM applications WHERE id = @Id", application)
            ?? throw Refusal.NotFound(900307, "application", application.Id);
        // A reset matters as long as the window that it emptied; no quota of the field is longer than a year.
        var oldest = now.AddDays(-366).ToUnixTimeMilliseconds();
        var resets = row.ToApplication().ThrottleResets.Where(reset => reset.Value > oldest && reset.Key != subject)
            .Append(KeyValuePair.Create(subject, now.ToUnixTimeMilliseconds())).OrderByDescending(reset => reset.Value).Take(MostResets)
            .ToDictionary(reset => reset.Key, reset => reset.Value);
        return await db.ExecuteAsync(
            "UPDATE applications SET throttle_resets = @resets, runtime_version = @version WHERE id = @Id",
            new { application.Id, resets = ModelJson.Write(resets), version = db.Version });
    });

    /// <summary>Removes an application with its subscriptions, credentials and every token issued to them.</summary>
    public Task DeleteAsync(Application application) => database.ChangeAsync(db => RemoveAsync(db, application));

    internal async Task<int> RemoveAsync(RuntimeTransaction db, Application application)
    {
        await Workflows.WorkflowRows.RemoveOfApplicationAsync(db, application.Id);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var id in await db.ListAsync<string>("SELECT id FROM subscriptions WHERE application_id = @Id", application))
        {
            await Tombstones.BuryAsync(db, RuntimeKind.Subscription, id, now);
        }

        foreach (var consumerKey in await db.ListAsync<string>("SELECT consumer_key FROM credentials WHERE application_id = @Id", application))
        {
            await CredentialRows.RemoveAsync(db, consumerKey, now);
        }

        await ApiKeyRows.RemoveOfApplicationAsync(db, application.Id, now);
        await ApplicationGroupRows.RemoveAsync(db, application.Id);
        await db.ExecuteAsync("DELETE FROM subscriptions WHERE application_id = @Id", application);
        if (await db.ExecuteAsync("DELETE FROM applications WHERE id = @Id AND row_version = @RowVersion", application) == 0)
        {
            throw Refusal.Stale("application");
        }

        await Tombstones.BuryAsync(db, RuntimeKind.Application, application.Id, now);
        return 0;
    }

    private static object Arguments(Application application, long version) => new
    {
        application.Id, application.Organization, application.Name, nameKey = NameKey.Of(application.Name), application.Owner,
        application.ThrottlingPolicy, application.Description, application.TokenType, application.Status,
        attributes = ModelJson.Write(application.Attributes), groups = ModelJson.Write(application.Groups),
        application.CreatedAt, application.UpdatedAt, application.RowVersion, version,
    };

    private static Refusal NameTaken(Application application) => Refusal.Conflict(
        900301, "Application exists", $"You already have an application named '{application.Name}'. Choose another name.");

    private sealed record CountRow
    {
        public string Id { get; init; } = "";

        public int Number { get; init; }
    }
}
