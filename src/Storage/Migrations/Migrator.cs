
namespace Tollgate.Storage.Migrations;

/// <summary>Brings a database to the schema of this program, forward only.</summary>
public sealed class Migrator(TimeProvider time)
{
    public Task MigrateAsync(SharedDatabase database) => MigrateAsync(database.Database, "shared");

    public async Task MigrateAsync(Runtime.ApimDatabase database)
    {
        await MigrateAsync(database.Database, "apim");
        await database.WriteAsync(async db =>
            await db.AnyAsync("SELECT 1 FROM runtime_version WHERE id = 1")
                ? 0
                : await db.ExecuteAsync(
                    "INSERT INTO runtime_version (id, epoch, version, tombstones_since) VALUES (1, @epoch, 0, 0)",
                    new { epoch = Guid.NewGuid().ToString("n") }));
    }

    private async Task MigrateAsync(Database database, string area)
    {
        var known = Migration.Read(area);
        await database.WriteAsync(async db =>
        {
            await db.ExecuteAsync(database.Dialect.Types(
                "CREATE TABLE IF NOT EXISTS migrations (area {id} NOT NULL, number {int} NOT NULL, applied_at {long} NOT NULL, "
                + "PRIMARY KEY (area, number)) {options}"));
            var applied = (await db.ListAsync<int>("SELECT number FROM migrations WHERE area = @area", new { area })).ToHashSet();
            if (applied.Count > 0 && applied.Max() is var newest && newest > known[^1].Number)
            {
                throw new NewerSchemaException(area, newest, known[^1].Number);
            }

            foreach (var migration in known.Where(m => !applied.Contains(m.Number)))
            {
                await db.ExecuteAsync(database.Dialect.Types(migration.Sql));
                await db.ExecuteAsync(
                    "INSERT INTO migrations (area, number, applied_at) VALUES (@area, @number, @at)",
                    new { area, number = migration.Number, at = time.GetUtcNow().ToUnixTimeMilliseconds() });
            }

            return 0;
        });
    }
}

/// <summary>The database belongs to a newer program; running on would damage it.</summary>
public sealed class NewerSchemaException(string area, int found, int known) : Exception(
    $"The {area} database has schema {found}, this program knows {known}. Start the newer program, or restore a backup made before the upgrade.");
