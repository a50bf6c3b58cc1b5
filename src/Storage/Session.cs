using System.Data.Common;
using Dapper;
using Tollgate.Model;
using Tollgate.Storage.Dialects;

namespace Tollgate.Storage;

/// <summary>A connection out of the pool, with at most one transaction; given back when disposed.</summary>
internal sealed class Session(Dialect dialect, DbConnection connection, SemaphoreSlim? places) : IAsyncDisposable
{
    private const int NoLimit = 3600;

    public DbTransaction? Inner { get; private set; }

    /// <summary>How long the driver waits for a statement.</summary>
    public int CommandSeconds { get; private set; } = (int)Dialect.StatementTimeout.TotalSeconds + 5;

    public DbConnection Connection => connection;

    public async Task BeginWriteAsync(CancellationToken cancellation) => Inner = await dialect.BeginWriteAsync(connection, cancellation);

    public async Task BeginSnapshotAsync(CancellationToken cancellation)
    {
        CommandSeconds = NoLimit;
        Inner = await dialect.BeginSnapshotAsync(connection, cancellation);
    }

    /// <summary>Lets the statements that follow take as long as they need.</summary>
    public async Task TakeTimeAsync()
    {
        CommandSeconds = NoLimit;
        await dialect.TakeTimeAsync(new Transaction(this, CancellationToken.None));
    }

    public async Task CommitAsync()
    {
        try
        {
            // Once the commit begins, the caller's cancellation must not leave its outcome unknown.
            await Inner!.CommitAsync(CancellationToken.None);
        }
        catch (Exception error) when (dialect.TroubleOf(error) is Trouble.Disconnected or Trouble.Unreachable or Trouble.Busy)
        {
            // It may have been saved: to do it again could do it twice.
            throw new Refusal(
                503, 503, "Service Unavailable",
                "The database went away while it saved the change. Look whether it was saved before you try again.");
        }
    }

    /// <summary>A statement as the driver wants it.</summary>
    public CommandDefinition Command(string sql, object? arguments, CancellationToken cancellation) =>
        dialect.Command(sql, arguments, this, cancellation);

    public async ValueTask DisposeAsync()
    {
        try
        {
            // What was not committed is rolled back.
            await using (connection)
            {
                if (Inner is not null)
                {
                    await Inner.DisposeAsync();
                }
            }
        }
        catch (Exception error) when (dialect.TroubleOf(error) != Trouble.Ours)
        {
            // The connection broke; the server has rolled back what was open.
            dialect.ForgetConnections();
        }
        finally
        {
            places?.Release();
        }
    }
}
