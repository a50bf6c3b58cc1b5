namespace Tollgate.Storage;

/// <summary>shared_db: users, roles, and the outbox of changes that gateways must learn of.</summary>
public sealed class SharedDatabase(Database database)
{
    /// <summary>What this database measures.</summary>
    public DatabaseMeters Meters => database.Meters;

    internal Database Database => database;

    /// <summary>Asks the database anything; throws when it does not answer.</summary>
    public Task ProbeAsync(CancellationToken cancellation = default) => ReadAsync(db => db.FirstAsync<long>("SELECT 1"), cancellation);

    internal Task<T> ReadAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation = default) =>
        database.ReadAsync(work, cancellation);

    internal Task<T> WriteAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation = default) =>
        database.WriteAsync(work, cancellation);
}
