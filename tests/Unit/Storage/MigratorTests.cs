using System.Globalization;
using Tollgate.Databases;
using Tollgate.Storage;
using Tollgate.Storage.Migrations;
using Tollgate.Storage.Runtime;

namespace Tollgate.Unit.Storage;

public sealed class MigratorTests
{
    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Migrate_Again_ChangesNothing(string product)
    {
        using var world = await World.CreateAsync(product);
        var before = await world.Apim.CursorAsync();

        await world.MigrateAsync();

        Assert.Equal(before, await world.Apim.CursorAsync());
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Migrate_AfterACrashBeforeTheRecords_FindsItsWorkDone(string product)
    {
        using var world = await World.CreateAsync(product);
        Assert.SkipWhen(
            world.Database.Dialect.TransactionalSchema, $"{product} undoes changes of the schema, so that there is never one without its record");
        await world.Database.WriteAsync(db => db.ExecuteAsync("DELETE FROM migrations"));

        await world.MigrateAsync();

        var recorded = await world.Database.ReadAsync(db => db.FirstAsync<int>("SELECT COUNT(*) FROM migrations"));
        Assert.Equal(Migration.Read("apim").Count + Migration.Read("shared").Count, recorded);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Migrate_TwoNodesAtOnce_BothSucceed(string product)
    {
        using var world = World.Empty(product);
        using var other = world.Connect();
        var elsewhere = new ApimDatabase(other, new RuntimeSignal());
        await Task.WhenAll(PrepareAsync(world.Apim, world.Shared), PrepareAsync(elsewhere, new SharedDatabase(other)));

        Assert.Equal(await world.Apim.CursorAsync(), await elsewhere.CursorAsync());

        static async Task PrepareAsync(ApimDatabase apim, SharedDatabase shared)
        {
            await using var turn = await StartTurn.TakeAsync(apim);
            var migrator = new Migrator(TimeProvider.System);
            await migrator.MigrateAsync(shared);
            await migrator.MigrateAsync(apim);
        }
    }

    [Theory, MemberData(nameof(Products.Servers), MemberType = typeof(Products))]
    public async Task TakeTurn_InterruptedByTheServer_IsNotATurn(string product)
    {
        using var world = await World.CreateAsync(product);
        using var other = world.Connect();
        await using var turn = await StartTurn.TakeAsync(world.Apim);
        var waiting = StartTurn.TakeAsync(new ApimDatabase(other, new RuntimeSignal()));
        var server = Products.ServerOf(product);
        var (find, interrupt) = product == DatabaseServer.PostgreSql
            ? ($"SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_advisory_lock%' AND wait_event = 'advisory' AND datname = '{world.Name}'",
                "SELECT pg_cancel_backend({0})")
            : ($"SELECT id FROM information_schema.processlist WHERE info LIKE '%GET_LOCK%' AND state = 'User lock' AND db = '{world.Name}'",
                "KILL QUERY {0}");
        object? session;
        do
        {
            await Task.Yield();
            session = server.Ask(product == DatabaseServer.PostgreSql ? "postgres" : "", find);
        }
        while (session is null);

        server.Execute(product == DatabaseServer.PostgreSql ? "postgres" : "", string.Format(CultureInfo.InvariantCulture, interrupt, session));

        await Assert.ThrowsAnyAsync<Exception>(() => waiting);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Migrate_DatabaseOfANewerProgram_IsRefused(string product)
    {
        using var world = await World.CreateAsync(product);
        await world.Database.WriteAsync(db => db.ExecuteAsync("INSERT INTO migrations (area, number, applied_at) VALUES ('apim', 9999, 0)"));

        await Assert.ThrowsAsync<NewerSchemaException>(() => new Migrator(TimeProvider.System).MigrateAsync(world.Apim));
    }
}
