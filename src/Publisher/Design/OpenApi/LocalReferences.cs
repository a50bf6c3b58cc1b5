using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>The references of a document: all lead to a place in the document itself, and nothing is ever fetched.</summary>
internal sealed class LocalReferences
{
    private readonly JsonObject _root;
    private readonly List<string> _place = [];
    private readonly Dictionary<string, int> _chains = new(StringComparer.Ordinal);

    private LocalReferences(JsonObject root) => _root = root;

    /// <summary>Refuses references that lead out of the document, to nothing, or in a circle of references only.</summary>
    /// <remarks>
    /// Any text under the name <c>$ref</c> counts, in examples and extensions too: tools that show the document may follow those as well.
    /// Schemas that contain themselves are fine, as an object stands between one reference and the next.
    /// </remarks>
    public static void Check(JsonObject root) => new LocalReferences(root).Walk(root);

    /// <summary>The object itself, or what it refers to in the end; null when that is no object.</summary>
    public static JsonObject? Follow(JsonObject root, JsonNode? node)
    {
        for (var steps = 0; steps <= DefinitionLimits.MaxReferenceChain; steps++)
        {
            if (Of(node) is not { } reference)
            {
                return node as JsonObject;
            }

            node = JsonPointer.Find(root, reference);
        }

        return null;
    }

    /// <summary>The reference of an object that has one; a schema's property that is named $ref is an object, not text.</summary>
    public static string? Of(JsonNode? node) =>
        node is JsonObject members && members["$ref"] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : null;

    private void Walk(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                Enter($"{i}", items[i]);
            }
        }
        else if (node is JsonObject members)
        {
            if (Of(members) is { } reference)
            {
                Chain(reference, 0);
            }

            foreach (var (name, value) in members)
            {
                Enter(name, value);
            }
        }
    }

    private void Enter(string name, JsonNode? value)
    {
        if (value is JsonObject or JsonArray)
        {
            _place.Add(name);
            Walk(value);
            _place.RemoveAt(_place.Count - 1);
        }
    }

    // How many references follow one another from this one on; each distinct one once, so that many that share a long chain stay linear.
    private int Chain(string reference, int before)
    {
        if (!_chains.TryGetValue(reference, out var length))
        {
            if (reference.Length > DefinitionLimits.MaxReference || !reference.StartsWith("#/", StringComparison.Ordinal))
            {
                throw Refused(
                    reference, "leads out of the document. Only references that begin with '#/' are followed; put the content here");
            }

            var target = JsonPointer.Find(_root, reference) ?? throw Refused(reference, "leads to nothing in this document");
            length = Of(target) is { } next && before < DefinitionLimits.MaxReferenceChain ? Chain(next, before + 1) + 1 : 1;
            _chains.Add(reference, length);
        }

        return before + length > DefinitionLimits.MaxReferenceChain
            ? throw Refused(reference, $"leads in a circle, or through more than {DefinitionLimits.MaxReferenceChain} references")
            : length;
    }

    private Refusal Refused(string reference, string reason)
    {
        var place = _place.Aggregate("#", JsonPointer.Append);
        return Malformed.Document($"The $ref {Malformed.Quote(reference)} at {Malformed.Quote(place)} {reason}.");
    }
}
