using System.Data.Common;
using Dapper;
using Tollgate.Model;
using Tollgate.Storage.Dialects;

namespace Tollgate.Storage;

/// <summary>One database: opens connections, queues writers where the product has room for one only, translates its errors.</summary>
public sealed class Database(Dialect dialect) : IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);

    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    internal Dialect Dialect => dialect;

    public void Dispose() => _writer.Dispose();

    /// <summary>Reads without a transaction: for one statement, or several that need not agree.</summary>
    internal async Task<T> ReadAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation = default)
    {
        await using var connection = await dialect.OpenAsync(cancellation);
        return await TranslateAsync(() => work(new Transaction(connection, null, cancellation)));
    }

    /// <summary>Reads one state of all tables.</summary>
    internal async Task<T> SnapshotAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await dialect.OpenAsync(cancellation);
        await using var transaction = await dialect.BeginSnapshotAsync(connection, cancellation);
        return await work(new Transaction(connection, transaction, cancellation));
    }

    /// <summary>Writes in one transaction: all of it is durable when this returns, or none of it happened.</summary>
    internal Task<T> WriteAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation = default) =>
        WriteAsync(async (connection, inner) => await work(new Transaction(connection, inner, cancellation)), cancellation);

    internal async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellation)
    {
        if (dialect.SingleWriter && !await _writer.WaitAsync(Dialect.LockTimeout, cancellation))
        {
            throw Busy();
        }

        try
        {
            return await TranslateAsync(async () =>
            {
                await using var connection = await dialect.OpenAsync(cancellation);
                await using var transaction = await dialect.BeginWriteAsync(connection, cancellation);
                var result = await work(connection, transaction);
                // Once the commit begins, the caller's cancellation must not leave its outcome unknown.
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            });
        }
        finally
        {
            if (dialect.SingleWriter)
            {
                _writer.Release();
            }
        }
    }

    private async Task<T> TranslateAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DbException error) when (dialect.IsBusy(error))
        {
            throw Busy();
        }
        catch (DbException error) when (dialect.IsDuplicate(error))
        {
            throw new DuplicateException(error);
        }
    }

    private static Refusal Busy() =>
        new(503, 503, "Service Unavailable", "The database is busy with another change. Nothing was saved; try again in a moment.");
}

/// <summary>A write hit a unique constraint: someone else took the name, context or key first.</summary>
public sealed class DuplicateException(Exception inner) : Exception("The row exists already.", inner);
