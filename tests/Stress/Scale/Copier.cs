using System.Data.Common;
using System.Globalization;
using Tollgate.Storage;

namespace Tollgate.Stress.Scale;

/// <summary>Multiplies rows as the stores wrote them: thousands of creations over REST would take longer than the test.</summary>
/// <param name="number">What stands in names for the number of the pattern; copies have theirs in its place.</param>
/// <param name="ids">The ids of the pattern; a copy's ends with its number.</param>
internal sealed class Copier(string number, IReadOnlyList<string> ids)
{
    // Columns that are unique by themselves.
    private static readonly string[] Keys = ["id", "consumer_key", "key_mapping_id"];

    /// <summary>The id of copy <paramref name="index"/> of what has this id.</summary>
    public static string IdOf(string id, int index) => id[..^6] + Digits(index);

    public static string Digits(int index) => index.ToString("000000", CultureInfo.InvariantCulture);

    /// <summary>Adds copies 1 to <paramref name="last"/> of the rows whose column has this value, stamped with the version.</summary>
    /// <remarks><paramref name="index"/> says which copy of an id a copied row names: for rows that connect what there is less of.</remarks>
    public async Task CopyAsync(Session session, string table, string column, string id, int last, long version, Func<string, int, int>? index = null)
    {
        var pattern = await new Transaction(session, CancellationToken.None).ListAsync<object>(
            $"SELECT * FROM {table} WHERE {column} = @id", new { id });
        foreach (var row in pattern.Cast<IDictionary<string, object?>>())
        {
            List<string> columns = [.. row.Keys.Where(name => !(table == "search_texts" && name == "number"))];
            using var insert = Insert(session, table, columns);
            for (var i = 1; i <= last; i++)
            {
                for (var place = 0; place < columns.Count; place++)
                {
                    insert.Parameters[place].Value =
                        (columns[place] == "runtime_version" ? version : ValueOf(columns[place], row[columns[place]], i, index ?? ((_, number) => number)))
                        ?? DBNull.Value;
                }

                insert.ExecuteNonQuery();
            }
        }
    }

    // The driver itself: a mapper would read this text a hundred thousand times.
    private static DbCommand Insert(Session session, string table, IReadOnlyList<string> columns)
    {
        var insert = session.Connection.CreateCommand();
        insert.Transaction = session.Inner;
        insert.CommandText =
            $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, place) => $"@p{place}"))})";
        for (var place = 0; place < columns.Count; place++)
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = $"@p{place}";
            insert.Parameters.Add(parameter);
        }

        return insert;
    }

    private object? ValueOf(string column, object? value, int i, Func<string, int, int> index)
    {
        if (value is not string text)
        {
            return value;
        }

        var copy = ids.Aggregate(text.Replace(number, Digits(i), StringComparison.Ordinal), (known, id) =>
            known.Replace(id, IdOf(id, index(id, i)), StringComparison.Ordinal));
        return copy == text && Keys.Contains(column) ? IdOf(text, i) : copy;
    }
}
