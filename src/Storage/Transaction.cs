using Dapper;

namespace Tollgate.Storage;

/// <summary>A session's statements and the transaction that they belong to.</summary>
internal class Transaction(Session session, CancellationToken cancellation)
{
    public CancellationToken Cancellation => cancellation;

    public Task<int> ExecuteAsync(string sql, object? arguments = null) => session.RunAsync(
        sql, arguments, cancellation,
        static (connection, command) => connection.Execute(command),
        static (connection, command) => connection.ExecuteAsync(command));

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? arguments = null) => (await session.RunAsync(
        sql, arguments, cancellation,
        static (connection, command) => connection.Query<T>(command),
        static (connection, command) => connection.QueryAsync<T>(command))).AsList();

    /// <summary>The first row, or the type's default.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? arguments = null) => session.RunAsync(
        sql, arguments, cancellation,
        static (connection, command) => connection.QueryFirstOrDefault<T>(command),
        static (connection, command) => connection.QueryFirstOrDefaultAsync<T>(command));

    public async Task<bool> AnyAsync(string sql, object? arguments = null) => await FirstAsync<long?>(sql, arguments) is not null;

    /// <summary>Rows as they arrive, so that a long list never stands in memory whole.</summary>
    public IAsyncEnumerable<T> StreamAsync<T>(string sql, object? arguments = null) => session.StreamAsync<T>(sql, arguments, cancellation);
}

/// <summary>A transaction that has taken the next runtime version.</summary>
internal sealed class RuntimeTransaction(Session session, long version, CancellationToken cancellation) : Transaction(session, cancellation)
{
    /// <summary>The number to stamp every changed row with.</summary>
    public long Version { get; } = version;
}
