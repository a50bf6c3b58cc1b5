using System.Reflection;
using System.Text.RegularExpressions;

namespace Tollgate.Storage.Migrations;

/// <summary>One numbered, restartable statement.</summary>
internal sealed partial record Migration(int Number, string Sql)
{
    /// <summary>
    /// The statements of a database in their order, from the embedded scripts <c>AREA.sql</c> and <c>AREA.subject.sql</c>: each stands under
    /// a line <c>-- 0007 why</c>, and no number is used twice.
    /// </summary>
    public static IReadOnlyList<Migration> Read(string area)
    {
        var assembly = typeof(Migration).Assembly;
        List<Migration> all =
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(area + ".", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
                .SelectMany(name => Statements(assembly, name))
                .OrderBy(migration => migration.Number),
        ];
        var twice = all.GroupBy(migration => migration.Number).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? all : throw new InvalidOperationException($"The migration number {twice.Key} of {area} is used twice.");
    }

    private static IEnumerable<Migration> Statements(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        var text = reader.ReadToEnd();
        var heads = Head().Matches(text);
        return heads.Select((head, index) => new Migration(
            int.Parse(head.Groups[1].ValueSpan),
            text[head.Index..(index + 1 < heads.Count ? heads[index + 1].Index : text.Length)].Trim()));
    }

    [GeneratedRegex(@"^-- (\d{4})\b", RegexOptions.Multiline)]
    private static partial Regex Head();
}
