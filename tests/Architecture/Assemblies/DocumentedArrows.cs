using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Assemblies;

/// <summary>The table of assemblies as readers of docs/architecture.md see it.</summary>
internal static class DocumentedArrows
{
    private const string Header = "| assembly | may reference |";

    public static IEnumerable<Finding> Check(RepositoryFile page, IReadOnlyDictionary<string, string[]> allowed)
    {
        var documented = Read(page);
        foreach (var assembly in documented.Keys.Union(allowed.Keys))
        {
            var (document, rule) = (Text(documented, assembly), Text(allowed, assembly));
            if (document != rule)
            {
                yield return new Finding(assembly, $"the document says '{document}', the rule '{rule}'");
            }
        }
    }

    private static Dictionary<string, string[]> Read(RepositoryFile page)
    {
        Dictionary<string, string[]> table = [];
        var rows = page.Lines.SkipWhile(line => !line.StartsWith(Header, StringComparison.Ordinal))
            .Skip(2) // the header and the line below it
            .TakeWhile(line => line.StartsWith('|'));
        foreach (var cells in rows.Select(row => row.Split('|')))
        {
            var targets = Targets(cells[2].Trim(), table.Keys);
            foreach (var assembly in cells[1].Trim().Split(", "))
            {
                table.Add(assembly, targets);
            }
        }

        return table;
    }

    private static string[] Targets(string cell, IEnumerable<string> above) => cell switch
    {
        "nothing" => [],
        "all above" => [.. above],
        _ => cell.Split(", "),
    };

    private static string Text(IReadOnlyDictionary<string, string[]> table, string assembly) =>
        table.TryGetValue(assembly, out var targets) ? string.Join(", ", targets.Order(StringComparer.Ordinal)) : "no such assembly";
}
