using System.Text.Json.Nodes;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>The paths of a document with what they refer to.</summary>
internal static class PathItems
{
    /// <summary>Members of a path item that are operations which can be published.</summary>
    public static readonly IReadOnlyList<string> Verbs = ["get", "put", "post", "delete", "options", "head", "patch"];

    /// <summary>Refuses what can be no path or no path item.</summary>
    public static void Check(JsonObject root)
    {
        // What begins with x- are the extensions of the paths object.
        foreach (var (path, item) in (root["paths"] as JsonObject ?? []).Where(member => !member.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            if (!path.StartsWith('/') || item is not JsonObject)
            {
                throw Malformed.Document($"The path {Malformed.Quote(path)} must start with '/' and be an object with operations.");
            }

            CheckReference(path, item);
        }

        foreach (var (name, item) in (root["components"] as JsonObject)?["pathItems"] as JsonObject ?? [])
        {
            CheckReference(name, item);
        }
    }

    // To path items only: what is elsewhere is not seen as one when the definition is changed or shown.
    private static void CheckReference(string name, JsonNode? item)
    {
        if (LocalReferences.Of(item)?.Split('/') is { } reference && reference is not (["#", "components", "pathItems", _] or ["#", "paths", _]))
        {
            throw Malformed.Document($"The path {Malformed.Quote(name)} may refer to '#/components/pathItems/…' or to another path only.");
        }
    }

    /// <summary>Path and path item in document order; a path item with a reference comes as a copy of what it refers to.</summary>
    public static IEnumerable<KeyValuePair<string, JsonObject>> Of(JsonObject root)
    {
        foreach (var (path, item) in root["paths"] as JsonObject ?? [])
        {
            if (path.StartsWith('/') && item is JsonObject members)
            {
                yield return new(path, Inlined(root, members));
            }
        }
    }

    // Beside a reference may stand members of the path's own; they win (OpenAPI leaves this open).
    private static JsonObject Inlined(JsonObject root, JsonObject item)
    {
        List<JsonObject> chain = [item];
        while (chain.Count <= DefinitionLimits.MaxReferenceChain
            && LocalReferences.Of(chain[^1]) is { } reference && JsonPointer.Find(root, reference) is JsonObject next)
        {
            chain.Add(next);
        }

        if (chain.Count == 1)
        {
            return item;
        }

        var merged = new JsonObject();
        foreach (var (name, value) in chain.AsEnumerable().Reverse().SelectMany(members => members).Where(member => member.Key != "$ref"))
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }
}
