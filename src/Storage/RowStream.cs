using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Tollgate.Storage.Dialects;

namespace Tollgate.Storage;

/// <summary>Rows as they arrive.</summary>
/// <remarks>Dapper's own streams cancel their command at the end of every read, which takes PostgreSQL a connection of its own each time.</remarks>
internal static class RowStream
{
    private const int Handful = 100;

    public static async IAsyncEnumerable<T> ReadAsync<T>(
        DbConnection connection, CommandDefinition command, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var reader = await connection.ExecuteReaderAsync(command);
        var parse = reader.GetRowParser(typeof(T));
        while (await reader.ReadAsync(cancellation))
        {
            yield return (T)parse(reader);
        }
    }

    /// <summary>With a driver whose calls block: a handful of rows per call.</summary>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        DbConnection connection, CommandDefinition command, BlockingThreads threads, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = await threads.RunAsync(() => (DbDataReader)connection.ExecuteReader(command));
        try
        {
            var parse = reader.GetRowParser(typeof(T));
            while (await threads.RunAsync(() => Take<T>(reader, parse)) is { Count: > 0 } some)
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
                reader.Dispose();
                return true;
            });
        }
    }

    private static List<T> Take<T>(DbDataReader reader, Func<DbDataReader, object> parse)
    {
        var some = new List<T>(Handful);
        while (some.Count < Handful && reader.Read())
        {
            some.Add((T)parse(reader));
        }

        return some;
    }
}
