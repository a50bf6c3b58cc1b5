using Tollgate.Security.Secrets;
using Tollgate.Storage.Dialects;
using Tollgate.Storage.Migrations;
using Tollgate.Storage.Transfer;

namespace Tollgate.Storage.Inspection;

/// <summary>Looks at databases without changing them.</summary>
public sealed class DatabaseInspector(MasterKey masterKey)
{
    /// <param name="pair">The databases.</param>
    /// <param name="area">apim or shared.</param>
    public Task<DatabaseReport> LookAsync(DatabasePair pair, string area)
    {
        var dialect = pair.Of(area).Dialect;
        return pair.Of(area).ReadAsync(async db =>
        {
            var known = Migration.Read(area).Select(migration => migration.Number).ToList();
            var applied = await HasTableAsync(db, dialect, "migrations")
                ? await db.ListAsync<int>("SELECT number FROM migrations WHERE area = @area", new { area })
                : [];
            return new DatabaseReport(
                $"{dialect.Product} {await db.FirstAsync<string>(dialect.VersionQuery)}",
                known.Except(applied).Count(),
                applied.Any(number => number > known[^1]),
                await MasterKeyAsync(db, dialect),
                await dialect.AdviseAsync(db));
        });
    }

    private async Task<MasterKeyState> MasterKeyAsync(Transaction db, Dialect dialect) =>
        await HasTableAsync(db, dialect, "master_key_checks")
        && await db.FirstAsync<byte[]>("SELECT sealed_value FROM master_key_checks WHERE name = @Name", new { MasterKeyCheck.Name }) is { } stored
            ? masterKey.Open(stored, MasterKeyCheck.Name) is null ? MasterKeyState.Other : MasterKeyState.Fits
            : MasterKeyState.None;

    private static Task<bool> HasTableAsync(Transaction db, Dialect dialect, string table) => db.AnyAsync(dialect.TableQuery, new { table });
}
