using Tollgate.Storage.Dialects;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Migrations;

/// <summary>Brings a database to the schema of this program, forward only.</summary>
/// <remarks>
/// Where the product undoes changes of the schema, all of them are one transaction. Elsewhere each statement stands for itself: one that a
/// crash left without its record is run again and finds its work done.
/// </remarks>
public sealed class Migrator(TimeProvider time)
{
    public Task MigrateAsync(SharedDatabase database) => MigrateAsync(database.Database, "shared", _ => Task.CompletedTask);

    public Task MigrateAsync(ApimDatabase database) => MigrateAsync(database.Database, "apim", BeginHistoryAsync);

    private async Task MigrateAsync(Database database, string area, Func<Transaction, Task> complete)
    {
        if (database.Dialect.TransactionalSchema)
        {
            await database.WriteAsync(
                async session =>
                {
                    await session.TakeTimeAsync();
                    var db = new Transaction(session, CancellationToken.None);
                    await ApplyAsync(db, database.Dialect, area);
                    await complete(db);
                    return 0;
                },
                CancellationToken.None);
            return;
        }

        await using var session = await database.OpenLongAsync();
        var alone = new Transaction(session, CancellationToken.None);
        await ApplyAsync(alone, database.Dialect, area);
        await complete(alone);
    }

    private async Task ApplyAsync(Transaction db, Dialect dialect, string area)
    {
        var known = Migration.Read(area);
        await db.ExecuteAsync(dialect.Types(
            "CREATE TABLE IF NOT EXISTS migrations (area {id} NOT NULL, number {int} NOT NULL, applied_at {long} NOT NULL, "
            + "PRIMARY KEY (area, number)) {options}"));
        var applied = (await db.ListAsync<int>("SELECT number FROM migrations WHERE area = @area", new { area })).ToHashSet();
        if (applied.Count > 0 && applied.Max() is var newest && newest > known[^1].Number)
        {
            throw new NewerSchemaException(area, newest, known[^1].Number);
        }

        foreach (var migration in known.Where(m => !applied.Contains(m.Number)))
        {
            await RunAsync(db, dialect, migration);
            await db.ExecuteAsync(
                "INSERT INTO migrations (area, number, applied_at) VALUES (@area, @number, @at)",
                new { area, number = migration.Number, at = time.GetUtcNow().ToUnixTimeMilliseconds() });
        }
    }

    private static async Task RunAsync(Transaction db, Dialect dialect, Migration migration)
    {
        try
        {
            await db.ExecuteAsync(dialect.Types(migration.Sql));
        }
        catch (Exception error) when (!dialect.TransactionalSchema && dialect.TroubleOf(error) == Trouble.Exists)
        {
            // A node ended between this statement and its record.
        }
    }

    private static async Task BeginHistoryAsync(Transaction db)
    {
        if (!await db.AnyAsync("SELECT 1 FROM runtime_version WHERE id = 1"))
        {
            await db.ExecuteAsync(
                "INSERT INTO runtime_version (id, epoch, version, tombstones_since) VALUES (1, @epoch, 0, 0)",
                new { epoch = Guid.NewGuid().ToString("n") });
        }
    }
}

/// <summary>The database belongs to a newer program; running on would damage it.</summary>
public sealed class NewerSchemaException(string area, int found, int known) : Exception(
    $"The {area} database has schema {found}, this program knows {known}. Start the newer program, or restore a backup made before the upgrade.");
