using Dapper;

namespace Tollgate.Storage;

/// <summary>A session's statements and the transaction that they belong to.</summary>
internal class Transaction(Session session, CancellationToken cancellation)
{
    public CancellationToken Cancellation => cancellation;

    public Task<int> ExecuteAsync(string sql, object? arguments = null) =>
        session.Connection.ExecuteAsync(session.Command(sql, arguments, cancellation));

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? arguments = null) =>
        (await session.Connection.QueryAsync<T>(session.Command(sql, arguments, cancellation))).AsList();

    /// <summary>The first row, or the type's default.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? arguments = null) =>
        session.Connection.QueryFirstOrDefaultAsync<T>(session.Command(sql, arguments, cancellation));

    public async Task<bool> AnyAsync(string sql, object? arguments = null) => await FirstAsync<long?>(sql, arguments) is not null;

    /// <summary>Rows as they arrive, so that a long list never stands in memory whole.</summary>
    public IAsyncEnumerable<T> StreamAsync<T>(string sql, object? arguments = null) =>
        RowStream.ReadAsync<T>(session.Connection, session.Command(sql, arguments, cancellation), cancellation);
}

/// <summary>A transaction that has taken the next runtime version.</summary>
internal sealed class RuntimeTransaction(Session session, long version, CancellationToken cancellation) : Transaction(session, cancellation)
{
    /// <summary>The number to stamp every changed row with.</summary>
    public long Version { get; } = version;
}
