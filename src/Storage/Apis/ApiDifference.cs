using System.Security.Cryptography;
using System.Text;
using Tollgate.Model;

namespace Tollgate.Storage.Apis;

/// <summary>What differs between two states of a working copy: design, default-version mark, operations, definition.</summary>
internal static class ApiDifference
{
    // A history is read by people; a replaced description of a thousand operations is told by its first ones.
    private const int MostOperations = 50;

    public static IReadOnlyList<FieldChange> Between(Api before, ApiContent contentBefore, Api after, ApiContent contentAfter)
    {
        List<FieldChange> changes = [.. FieldChanges.Between(before.Design, after.Design)];
        if (before.IsDefaultVersion != after.IsDefaultVersion)
        {
            changes.Add(FieldChanges.Of<bool?>("isDefaultVersion", before.IsDefaultVersion, after.IsDefaultVersion));
        }

        changes.AddRange(Operations(contentBefore.Operations, contentAfter.Operations));
        if (contentBefore.Definition != contentAfter.Definition)
        {
            changes.Add(FieldChanges.Of("definition", Shown(contentBefore.Definition), Shown(contentAfter.Definition)));
        }

        return changes;
    }

    private static List<FieldChange> Operations(IReadOnlyList<Operation> before, IReadOnlyList<Operation> after)
    {
        var (old, current) = (ByName(before), ByName(after));
        List<FieldChange> changes =
        [
            .. old.Keys.Union(current.Keys)
                .Where(name => FieldChanges.Between(old.GetValueOrDefault(name), current.GetValueOrDefault(name)).Count > 0)
                .Select(name => FieldChanges.Of($"operation {name}", old.GetValueOrDefault(name), current.GetValueOrDefault(name))),
        ];
        return changes.Count <= MostOperations
            ? changes
            : [.. changes.Take(MostOperations), FieldChanges.Of("operations", $"{before.Count} in all", $"{after.Count} in all")];
    }

    private static Dictionary<string, Operation> ByName(IReadOnlyList<Operation> operations)
    {
        var named = new Dictionary<string, Operation>();
        foreach (var operation in operations)
        {
            named[$"{operation.Verb} {operation.Target}"] = operation;
        }

        return named;
    }

    private static string Shown(string definition) =>
        $"{definition.Length} characters, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(definition)))}";
}
