using System.Text.Json.Nodes;
using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>Writes definitions: for an API made from scratch, and after a change of its operations.</summary>
internal static class DefinitionWriter
{
    /// <summary>A minimal OpenAPI 3.0 document for an API that has none.</summary>
    public static string Create(
        string name, string version, string? description, IReadOnlyList<Operation> operations, IReadOnlyList<Scope> scopes)
    {
        var info = new JsonObject { ["title"] = name, ["version"] = version };
        if (description is not null)
        {
            info["description"] = description;
        }

        var root = new JsonObject { ["openapi"] = "3.0.1", ["info"] = info, ["paths"] = new JsonObject() };
        OwnScheme.Declare(root);
        DefinitionUpdate.Apply(root, operations, scopes);
        return StoredDefinition.Write(root);
    }

    /// <summary>The stored definition with these operations and scopes; what it says beyond them stays as it is.</summary>
    public static string Update(string json, IReadOnlyList<Operation> operations, IReadOnlyList<Scope> scopes)
    {
        var root = StoredDefinition.Read(json);
        DefinitionUpdate.Apply(root, operations, scopes);

        // A removed operation may have held what others refer to.
        LocalReferences.Check(root);
        return StoredDefinition.Write(root);
    }
}
