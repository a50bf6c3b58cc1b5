using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;

namespace Tollgate.Storage;

/// <summary>Rows as they arrive.</summary>
/// <remarks>Dapper's own streams cancel their command at the end of every read, which takes PostgreSQL a connection of its own each time.</remarks>
internal static class RowStream
{
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
}
