namespace Tollgate.Storage.Transfer;

/// <summary>Where the rows of a copy come from: another database, or a backup file.</summary>
/// <param name="Read">Opens one consistent state of an area ("apim" or "shared") for the given work.</param>
internal sealed record RowSource(Func<string, Func<Rows, Task>, Task> Read);

/// <summary>The rows of a table, as they arrive.</summary>
/// <param name="table">The table.</param>
internal delegate IAsyncEnumerable<IReadOnlyDictionary<string, object?>> Rows(string table);

/// <summary>Rows of databases.</summary>
internal static class DatabaseRows
{
    /// <summary>Both databases of a node as a source.</summary>
    public static RowSource Of(DatabasePair pair, CancellationToken cancellation) => new((area, work) => pair.Of(area).SnapshotAsync(
        async db =>
        {
            await work(table => ReadAsync(db, table));
            return 0;
        },
        cancellation));

    public static async IAsyncEnumerable<IReadOnlyDictionary<string, object?>> ReadAsync(Transaction db, string table)
    {
        await foreach (var row in db.StreamAsync<object>($"SELECT * FROM {table}"))
        {
            yield return ((IEnumerable<KeyValuePair<string, object?>>)row).ToDictionary();
        }
    }
}
