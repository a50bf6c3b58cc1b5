using System.Diagnostics;
using Dapper;
using Tollgate.Storage.Dialects;

namespace Tollgate.Storage;

/// <summary>One database: opens sessions, queues writers where the product has room for one only, repeats what failed by bad luck.</summary>
public sealed class Database(Dialect dialect) : IDisposable
{
    private const int Attempts = 4;

    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly SemaphoreSlim? _places = dialect.MostConnections is { } most ? new(most, most) : null;

    static Database()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // The MySQL driver turns this hint into two more statements around every query.
        SqlMapper.Settings.UseSingleRowOptimization = false;
    }

    /// <summary>What this database measures.</summary>
    public DatabaseMeters Meters { get; } = new();

    internal Dialect Dialect => dialect;

    public void Dispose()
    {
        _writer.Dispose();
        _places?.Dispose();
        dialect.Dispose();
    }

    /// <summary>Tries to connect; null when that works.</summary>
    public async Task<Unreachability?> WhyUnreachableAsync()
    {
        try
        {
            await using var session = await OpenAsync(CancellationToken.None);
            return null;
        }
        catch (Exception error) when (dialect.TroubleOf(error) is var trouble and not Trouble.Ours)
        {
            var reason = trouble switch
            {
                _ when dialect.SingleWriter => UnreachableReason.File,
                Trouble.LoginRefused => UnreachableReason.Login,
                Trouble.NoDatabase => UnreachableReason.NoDatabase,
                Trouble.NoTls => UnreachableReason.NoTls,
                _ => UnreachableReason.NoServer,
            };
            return new Unreachability(dialect.Product, reason, error.Message);
        }
    }

    /// <summary>Reads without a transaction: for one statement, or several that need not agree.</summary>
    internal Task<T> ReadAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation = default) => AttemptAsync(isWrite: false, async () =>
    {
        await using var session = await OpenAsync(cancellation);
        return await work(new Transaction(session, cancellation));
    });

    /// <summary>Reads one state of all tables, for as long as it takes. What was read may have been passed on, so nothing is repeated.</summary>
    internal async Task<T> SnapshotAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation)
    {
        await using var session = await AttemptAsync(isWrite: false, async () =>
        {
            var opened = await OpenAsync(cancellation);
            try
            {
                await opened.BeginSnapshotAsync(cancellation);
                return opened;
            }
            catch
            {
                await opened.DisposeAsync();
                throw;
            }
        });
        return await work(new Transaction(session, cancellation));
    }

    /// <summary>Writes in one transaction: all of it is durable when this returns, or none of it happened. Bad luck repeats the work.</summary>
    internal Task<T> WriteAsync<T>(Func<Transaction, Task<T>> work, CancellationToken cancellation = default) =>
        WriteAsync(session => work(new Transaction(session, cancellation)), cancellation);

    internal async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        if (dialect.SingleWriter)
        {
            var askedAt = Stopwatch.GetTimestamp();
            if (!await _writer.WaitAsync(Dialect.LockTimeout, cancellation))
            {
                throw DatabaseRefusals.Busy();
            }

            Meters.Waited(askedAt);
        }

        try
        {
            return await AttemptAsync(isWrite: true, async () =>
            {
                await using var session = await OpenAsync(cancellation);
                await session.BeginWriteAsync(cancellation);
                var result = await work(session);
                await session.CommitAsync();
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

    /// <summary>A session of its own that takes its time: changes of the schema, and what one node does at a time.</summary>
    internal async Task<Session> OpenLongAsync(CancellationToken cancellation = default)
    {
        var session = await OpenAsync(cancellation);
        await session.TakeTimeAsync();
        return session;
    }

    private async Task<Session> OpenAsync(CancellationToken cancellation)
    {
        var askedAt = Stopwatch.GetTimestamp();
        if (_places is not null && !await _places.WaitAsync(dialect.LongestWait, cancellation))
        {
            throw DatabaseRefusals.NoConnection();
        }

        try
        {
            var session = new Session(dialect, await dialect.OpenAsync(cancellation), _places);
            Meters.Waited(askedAt);
            return session;
        }
        catch
        {
            _places?.Release();
            throw;
        }
    }

    private async Task<T> AttemptAsync<T>(bool isWrite, Func<Task<T>> attempt)
    {
        using var measured = Meters.Begin(isWrite);
        for (var left = Attempts - 1; ; left--)
        {
            try
            {
                return await attempt();
            }
            catch (Exception error) when (dialect.TroubleOf(error) is var trouble and not Trouble.Ours)
            {
                Meters.Failed(trouble);
                if (trouble == Trouble.Disconnected)
                {
                    dialect.ForgetConnections();
                }

                // Either way the server has undone the transaction, so that nothing can happen twice.
                if (left == 0 || trouble is not (Trouble.Deadlock or Trouble.Disconnected))
                {
                    throw DatabaseRefusals.Of(trouble, error);
                }
            }
        }
    }
}
