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
        var repeated = 0L;
        var sizes = new Dictionary<JsonObject, long>();
        foreach (var (path, item) in root["paths"] as JsonObject ?? [])
        {
            // The extensions of the paths object.
            if (path.StartsWith("x-", StringComparison.Ordinal))
            {
                continue;
            }

            if (!path.StartsWith('/') || item is not JsonObject)
            {
                throw Malformed.Document($"The path {Malformed.Quote(path)} must start with '/' and be an object with operations.");
            }

            CheckReference(path, item);
            foreach (var part in Chain(root, (JsonObject)item).Skip(1))
            {
                repeated += sizes.TryGetValue(part, out var size) ? size : sizes[part] = Values(part);
            }
        }

        // Each path item that is referred to is written out once per path when the definition changes.
        if (repeated > DefinitionLimits.MaxValues)
        {
            throw Malformed.Document($"The paths refer to path items of more than {DefinitionLimits.MaxValues} values in all.");
        }

        foreach (var (name, item) in (root["components"] as JsonObject)?["pathItems"] as JsonObject ?? [])
        {
            CheckReference(name, item);
        }
    }

    // To path items only: what is elsewhere is not seen as one when the definition is changed or shown.
    private static void CheckReference(string name, JsonNode? item)
    {
        if (LocalReferences.Of(item)?.Split('/') is not (null or ["#", "components", "pathItems", _] or ["#", "paths", _]))
        {
            throw Malformed.Document($"The path {Malformed.Quote(name)} may refer to '#/components/pathItems/…' or another path only.");
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
        var chain = Chain(root, item);
        if (chain.Count == 1)
        {
            return item;
        }

        var merged = new JsonObject();
        foreach (var (name, value) in Enumerable.Reverse(chain).SelectMany(members => members).Where(member => member.Key != "$ref"))
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    private static List<JsonObject> Chain(JsonObject root, JsonObject item)
    {
        List<JsonObject> chain = [item];
        while (chain.Count <= DefinitionLimits.MaxReferenceChain
            && LocalReferences.Of(chain[^1]) is { } reference && JsonPointer.Find(root, reference) is JsonObject next)
        {
            chain.Add(next);
        }

        return chain;
    }

    private static long Values(JsonNode? node) => 1 + node switch
    {
        JsonObject members => members.Sum(member => Values(member.Value)),
        JsonArray items => items.Sum(Values),
        _ => 0,
    };
}
