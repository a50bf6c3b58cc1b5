namespace Tollgate.Storage.Transfer;

/// <summary>Fills a pair of databases from a source; afterwards gateways take everything anew, because it is another history.</summary>
internal sealed class DatabaseFiller(DatabasePair target, TimeProvider time, Action<string> progress)
{
    /// <summary>Refuses when the target has content; with <paramref name="replace"/> that content goes.</summary>
    public async Task FillAsync(RowSource source, bool replace)
    {
        await target.MigrateAsync(time);
        if (!replace)
        {
            await RefuseContentAsync();
        }

        foreach (var area in TableList.Areas)
        {
            await FillAsync(source, area);
        }
    }

    /// <summary>The first table with rows that somebody would miss; null when there is none.</summary>
    public async Task<string?> ContentAsync()
    {
        foreach (var area in TableList.Areas)
        {
            var database = target.Of(area);
            foreach (var table in TableList.WithContent(database.Dialect, area))
            {
                if (await database.ReadAsync(db => db.AnyAsync($"SELECT 1 FROM {table} LIMIT 1")))
                {
                    return table;
                }
            }
        }

        return null;
    }

    private async Task RefuseContentAsync()
    {
        if (await ContentAsync() is { } table)
        {
            throw new TransferException($"The target is not empty ({table} has rows). Choose an empty database, or replace it with --force.");
        }
    }

    // One transaction per database: a failure leaves what was there.
    private Task<int> FillAsync(RowSource source, string area) => target.Of(area).WriteAsync(
        async session =>
        {
            await session.TakeTimeAsync();
            var db = new Transaction(session, CancellationToken.None);
            var tables = TableList.Of(target.Of(area).Dialect, area);
            foreach (var table in tables)
            {
                await db.ExecuteAsync($"DELETE FROM {table}");
            }

            await source.Read(area, async rows =>
            {
                foreach (var table in tables)
                {
                    await FillAsync(db, table, rows(table));
                }
            });
            return area == "apim"
                ? await db.ExecuteAsync("UPDATE runtime_version SET epoch = @epoch WHERE id = 1", new { epoch = Guid.NewGuid().ToString("n") })
                : 0;
        },
        CancellationToken.None);

    private async Task FillAsync(Transaction db, string table, IAsyncEnumerable<IReadOnlyDictionary<string, object?>> rows)
    {
        var writer = new TableWriter(db, table);
        await foreach (var row in rows)
        {
            await writer.AddAsync(row);
        }

        await writer.FlushAsync();
        var stored = await db.FirstAsync<long>($"SELECT COUNT(*) FROM {table}");
        if (stored != writer.Count)
        {
            throw new TransferException($"{table} has {stored} rows in the target, {writer.Count} were read. Nothing of this database was kept.");
        }

        progress($"{table}: {stored} rows");
    }
}

/// <summary>A backup, restore or copy that cannot be done; the message is one line for the person who asked.</summary>
public sealed class TransferException(string message) : Exception(message);
