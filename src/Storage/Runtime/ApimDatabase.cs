using Tollgate.Model.Runtime;

namespace Tollgate.Storage.Runtime;

/// <summary>apim_db: API data, ordered by the runtime version.</summary>
public sealed class ApimDatabase(Database database, RuntimeSignal signal)
{
    /// <summary>How often to look for writes of other processes; writes of this one raise the signal.</summary>
    public TimeSpan PollPause => database.Dialect.PollPause;

    /// <summary>Hears of changes by other nodes until the connection breaks; null where only looking helps.</summary>
    public Func<Action, CancellationToken, Task>? Listen => database.Dialect.Listen;

    /// <summary>What this database measures.</summary>
    public DatabaseMeters Meters => database.Meters;

    internal Database Database => database;

    internal Task<T> ReadAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation = default) =>
        database.ReadAsync(work, cancellation);

    /// <summary>A write that no gateway needs to know. It takes its turn with all other writes, so that what it checks first stays true.</summary>
    internal Task<T> WriteAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation = default) => database.WriteAsync(
        async db =>
        {
            await db.FirstAsync<long>("SELECT version FROM runtime_version WHERE id = 1" + database.Dialect.RowLock);
            return await work(db);
        },
        cancellation);

    /// <summary>A frequent write that is safe beside any other: it rests on row locks and unique constraints alone.</summary>
    internal Task<T> WriteBesideAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation = default) =>
        database.WriteAsync(work, cancellation);

    /// <summary>
    /// A write that gateways follow. It takes the next runtime version first: the row lock makes commit order equal number order, so a
    /// follower that has seen version N has seen everything up to N.
    /// </summary>
    internal async Task<T> ChangeAsync<T>(Func<RuntimeTransaction, Task<T>> work, CancellationToken cancellation = default)
    {
        var version = 0L;
        var result = await database.WriteAsync(
            async session =>
            {
                var transaction = new Transaction(session, cancellation);
                await transaction.ExecuteAsync("UPDATE runtime_version SET version = version + 1 WHERE id = 1");
                version = await transaction.FirstAsync<long>("SELECT version FROM runtime_version WHERE id = 1");
                await database.Dialect.AnnounceAsync(transaction);
                return await work(new RuntimeTransaction(session, version, cancellation));
            },
            cancellation);
        signal.Raise(version);
        return result;
    }

    /// <summary>The newest version, or the start before the first migration.</summary>
    public Task<RuntimeCursor> CursorAsync(CancellationToken cancellation = default) => ReadAsync(
        async db => await db.FirstAsync<CursorRow>("SELECT epoch, version FROM runtime_version WHERE id = 1") is { } row
            ? new RuntimeCursor(row.Epoch, row.Version)
            : RuntimeCursor.Start,
        cancellation);

    private sealed record CursorRow
    {
        public string Epoch { get; init; } = "";

        public long Version { get; init; }
    }
}
