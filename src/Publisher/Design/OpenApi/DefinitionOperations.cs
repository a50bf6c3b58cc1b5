using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>The operations of an API whose definition is replaced.</summary>
internal static class DefinitionOperations
{
    /// <summary>The new document's operations; those the API has already keep the settings that the document says nothing about.</summary>
    public static IReadOnlyList<Operation> Merge(IReadOnlyList<ImportedOperation> imported, IReadOnlyList<Operation> existing)
    {
        // By shape: a path parameter that only got another name must not lose its protection.
        var known = existing.ToDictionary(Key);
        return [.. imported.Select(entry => known.TryGetValue(Key(entry.Operation), out var old) ? Keep(old, entry) : entry.Operation)];
    }

    private static (string Verb, string Shape) Key(Operation operation) => (operation.Verb, UriTemplate.Parse(operation.Target).Shape);

    private static Operation Keep(Operation old, ImportedOperation imported) => old with
    {
        Target = imported.Operation.Target,
        AuthType = imported.StatesAuthType ? imported.Operation.AuthType : old.AuthType,
        ThrottlingPolicy = imported.StatesThrottlingPolicy ? imported.Operation.ThrottlingPolicy : old.ThrottlingPolicy,
        Scopes = imported.StatesScopes ? imported.Operation.Scopes : old.Scopes,
    };
}
