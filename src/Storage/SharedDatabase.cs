namespace Tollgate.Storage;

/// <summary>shared_db: users, roles, and the outbox of changes that gateways must learn of.</summary>
public sealed class SharedDatabase(Database database)
{
    internal Database Database => database;

    internal Task<T> ReadAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation = default) =>
        database.ReadAsync(work, cancellation);

    internal Task<T> WriteAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation = default) =>
        database.WriteAsync(work, cancellation);
}
