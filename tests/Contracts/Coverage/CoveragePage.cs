using System.Globalization;
using System.Text;

namespace Tollgate.Contracts.Coverage;

/// <summary>A route of a node.</summary>
public sealed record Route(string Method, string Path);

/// <summary>How much of an API is done; operations that only answer an empty list are not.</summary>
public sealed record Total(string Api, int Done, int EmptyLists, int All)
{
    public double Percent => All == 0 ? 100 : 100.0 * Done / All;
}

/// <summary>The page that lists every operation of the contracts, done or not and why, and our own routes beside them.</summary>
public sealed class CoveragePage(IEnumerable<Route> routes)
{
    private readonly IReadOnlyList<Route> _routes = [.. routes];
    private readonly HashSet<string> _served = [.. routes.Select(route => Key(route.Method, route.Path))];

    /// <summary>From what <c>tollgate routes</c> prints; pages for people are no operations.</summary>
    public static CoveragePage Of(string routes) => new(
        from line in routes.Split('\n')
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where words.Length > 1 && !line.Contains("[page", StringComparison.Ordinal)
        select new Route(words[0], words[1]));

    public IReadOnlyList<Total> Totals() =>
    [
        .. from pair in ContractFile.All
           let served = pair.Value.Operations.Values.Where(operation => IsServed(pair.Value, operation)).ToList()
           let empty = served.Count(operation => IsEmptyList(pair.Key, operation))
           select new Total(pair.Key, served.Count - empty, empty, pair.Value.Operations.Count),
    ];

    public string Render()
    {
        var page = new StringBuilder(
            """
            # REST coverage

            Which operations of the field's published REST APIs a node serves. Written by `./dev reference` from the program's route table; answers
            are checked against the contracts' schemas in every flow test. What is not done names the feature that it belongs to, from the table in
            `tests/Contracts/Coverage/Reasons.cs`. An operation that only says that there are none of a kind counts as an empty list and not as done.

            | API | base path | done | empty lists | of | percent |
            |---|---|---|---|---|---|

            """);
        foreach (var total in Totals())
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {total.Api} | `{ContractFile.All[total.Api].Base}` | {total.Done} | {total.EmptyLists} | {total.All} | {Math.Floor(total.Percent)} % |\n");
        }

        foreach (var (api, contract) in ContractFile.All)
        {
            page.Append($"\n## {api}\n\n| operation | done |\n|---|---|\n");
            foreach (var operation in Sorted(contract.Operations.Values))
            {
                page.Append($"| `{operation.Method} {operation.Path}` | {(IsServed(contract, operation) ? Yes(api, operation) : Reason(api, operation))} |\n");
            }
        }

        AddOwn(page);
        return page.ToString();
    }

    private void AddOwn(StringBuilder page)
    {
        var published = ContractFile.All.Values
            .SelectMany(contract => contract.Operations.Values.Select(operation => Key(operation.Method, contract.Base + operation.Path)))
            .ToHashSet();
        page.Append("\n## Beside the contracts\n\n| route |\n|---|\n");
        foreach (var route in _routes.Where(route => !published.Contains(Key(route.Method, route.Path)))
            .OrderBy(route => route.Path, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal))
        {
            page.Append($"| `{route.Method} {route.Path}` |\n");
        }
    }

    private bool IsServed(Contract contract, Operation operation) => _served.Contains(Key(operation.Method, contract.Base + operation.Path));

    private static bool IsEmptyList(string api, Operation operation) => Reasons.EmptyLists.Contains($"{api} {operation.Method} {operation.Path}");

    private static string Yes(string api, Operation operation) => IsEmptyList(api, operation) ? "empty list: there are none in this version" : "yes";

    private static string Reason(string api, Operation operation) => Reasons.Of(api, operation.Path)
        ?? throw new InvalidOperationException($"{operation.Method} {operation.Path} of {api} is not served, and Reasons.Table does not say why");

    private static IEnumerable<Operation> Sorted(IEnumerable<Operation> operations) =>
        operations.OrderBy(operation => operation.Path, StringComparer.Ordinal).ThenBy(operation => operation.Method, StringComparer.Ordinal);

    // What a parameter is called does not matter.
    private static string Key(string method, string path) =>
        $"{method} {string.Join('/', path.TrimEnd('/').Split('/').Select(segment => segment.StartsWith('{') ? "{}" : segment))}";
}
