using System.Data.Common;
using Dapper;

namespace Tollgate.Storage;

/// <summary>A connection with the transaction that its statements belong to.</summary>
internal class Transaction(DbConnection connection, DbTransaction? inner, CancellationToken cancellation)
{
    public CancellationToken Cancellation => cancellation;

    public Task<int> ExecuteAsync(string sql, object? arguments = null) => connection.ExecuteAsync(Command(sql, arguments));

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? arguments = null) =>
        (await connection.QueryAsync<T>(Command(sql, arguments))).AsList();

    /// <summary>The first row, or the type's default.</summary>
    public async Task<T?> FirstAsync<T>(string sql, object? arguments = null) =>
        await connection.QueryFirstOrDefaultAsync<T>(Command(sql, arguments));

    public async Task<bool> AnyAsync(string sql, object? arguments = null) => await FirstAsync<long?>(sql, arguments) is not null;

    /// <summary>Rows as they arrive, so that a long list never stands in memory whole.</summary>
    public IAsyncEnumerable<T> StreamAsync<T>(string sql, object? arguments = null) =>
        connection.QueryUnbufferedAsync<T>(sql, arguments, inner);

    private CommandDefinition Command(string sql, object? arguments) => new(sql, arguments, inner, cancellationToken: cancellation);
}

/// <summary>A transaction that has taken the next runtime version.</summary>
internal sealed class RuntimeTransaction(DbConnection connection, DbTransaction inner, long version, CancellationToken cancellation)
    : Transaction(connection, inner, cancellation)
{
    /// <summary>The number to stamp every changed row with.</summary>
    public long Version { get; } = version;
}
