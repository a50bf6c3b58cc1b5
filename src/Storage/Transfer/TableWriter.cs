using System.Globalization;
using System.Text;

namespace Tollgate.Storage.Transfer;

/// <summary>Puts rows into a table, several per statement.</summary>
internal sealed class TableWriter(Transaction db, string table)
{
    // A number that only the embedded database's full-text index has; it is given anew.
    private const string OwnNumber = "number";
    private const string SearchTexts = "search_texts";

    private const int MostRows = 50;
    private const int MostBytes = 1024 * 1024;

    private readonly List<IReadOnlyDictionary<string, object?>> _rows = [];
    private long _bytes;

    public long Count { get; private set; }

    public async Task AddAsync(IReadOnlyDictionary<string, object?> row)
    {
        _rows.Add(row);
        _bytes += row.Values.Sum(value => value is string text ? text.Length : value is byte[] blob ? blob.Length : 8L);
        if (_rows.Count == MostRows || _bytes > MostBytes)
        {
            await FlushAsync();
        }
    }

    public async Task FlushAsync()
    {
        if (_rows.Count == 0)
        {
            return;
        }

        var columns = _rows[0].Keys.Where(column => table != SearchTexts || column != OwnNumber).ToList();
        var arguments = new Dictionary<string, object?>();
        var sql = new StringBuilder($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ");
        foreach (var (index, row) in _rows.Index())
        {
            sql.Append(index == 0 ? "(" : ", (");
            foreach (var (position, column) in columns.Index())
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"v{index}_{position}");
                sql.Append(position == 0 ? "@" : ", @").Append(name);
                arguments.Add(name, row[column]);
            }

            sql.Append(')');
        }

        await db.ExecuteAsync(sql.ToString(), arguments);
        Count += _rows.Count;
        _rows.Clear();
        _bytes = 0;
    }
}
