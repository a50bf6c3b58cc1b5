using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Tollgate.Storage.Dialects;

namespace Tollgate.Storage;

/// <summary>Rows of a driver whose calls block, read a handful at a time.</summary>
internal static class BlockingStream
{
    private const int Handful = 100;

    public static async IAsyncEnumerable<T> ReadAsync<T>(
        DbConnection connection, CommandDefinition command, BlockingThreads threads, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var unbuffered = new CommandDefinition(
            command.CommandText, command.Parameters, command.Transaction, command.CommandTimeout, command.CommandType, CommandFlags.None);
        var rows = await threads.RunAsync(() => connection.Query<T>(unbuffered).GetEnumerator());
        try
        {
            while (await threads.RunAsync(() => Take(rows)) is { Count: > 0 } some)
            {
                foreach (var row in some)
                {
                    cancellation.ThrowIfCancellationRequested();
                    yield return row;
                }
            }
        }
        finally
        {
            await threads.RunAsync(() =>
            {
                rows.Dispose();
                return true;
            });
        }
    }

    private static List<T> Take<T>(IEnumerator<T> rows)
    {
        var some = new List<T>(Handful);
        while (some.Count < Handful && rows.MoveNext())
        {
            some.Add(rows.Current);
        }

        return some;
    }
}
