using System.Text.RegularExpressions;
using Tollgate.Storage.Dialects;
using Tollgate.Storage.Migrations;

namespace Tollgate.Storage.Transfer;

/// <summary>Which tables a database has: those that its migrations make.</summary>
internal static partial class TableList
{
    /// <summary>Both databases, as backups name them.</summary>
    public static readonly IReadOnlyList<string> Areas = ["apim", "shared"];

    // What every database has from its first start on; these rows do not make it one that is in use.
    private static readonly string[] Bookkeeping = ["runtime_version", "master_key_checks", "runtime_tombstones"];

    public static IReadOnlyList<string> Of(Dialect dialect, string area) =>
    [
        .. Migration.Read(area).SelectMany(migration => Create().Matches(dialect.Types(migration.Sql))).Select(match => match.Groups[1].Value),
    ];

    public static IEnumerable<string> WithContent(Dialect dialect, string area) => Of(dialect, area).Except(Bookkeeping);

    [GeneratedRegex(@"^\s*CREATE TABLE IF NOT EXISTS (\w+)", RegexOptions.Multiline)]
    private static partial Regex Create();
}
