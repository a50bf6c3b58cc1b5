using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.Model;

/// <summary>Compares two states of a record field by field, for histories that people read. Secrets never get into it.</summary>
public static class FieldChanges
{
    private const string Masked = "***";
    private const int LongestValue = 2_000;

    private static readonly string[] SecretWords = ["password", "secret", "accesskey", "apikeyvalue", "token", "credential", "privatekey"];

    /// <summary>The top-level fields that differ; either state may be null (made or removed).</summary>
    public static IReadOnlyList<FieldChange> Between<T>(T? before, T? after)
    {
        var (old, current) = (Fields(before), Fields(after));
        List<FieldChange> changes = [];
        foreach (var name in old.Select(pair => pair.Key).Union(current.Select(pair => pair.Key)))
        {
            var (was, now) = (old[name], current[name]);
            if (!JsonNode.DeepEquals(was, now))
            {
                changes.Add(new FieldChange(name, Shown(name, was), Shown(name, now)));
            }
        }

        return changes;
    }

    /// <summary>One field, for changes that are no record.</summary>
    public static FieldChange Of<T>(string field, T? before, T? after) => new(
        field,
        Shown(field, JsonSerializer.SerializeToNode(before, ModelJson.Options)),
        Shown(field, JsonSerializer.SerializeToNode(after, ModelJson.Options)));

    private static JsonObject Fields<T>(T? state) => state is null ? [] : JsonSerializer.SerializeToNode(state, ModelJson.Options)!.AsObject();

    private static JsonElement? Shown(string name, JsonNode? value)
    {
        if (value is null)
        {
            return null;
        }

        var masked = Mask(name, value.DeepClone());
        var text = masked.ToJsonString();
        return text.Length <= LongestValue
            ? JsonSerializer.SerializeToElement(masked)
            : JsonSerializer.SerializeToElement($"({text.Length} characters) {text[..200]}...");
    }

    private static JsonNode Mask(string name, JsonNode value)
    {
        switch (value)
        {
            case JsonObject members:
                foreach (var (member, inner) in members.ToList())
                {
                    members[member] = inner is null ? null : Mask(member, inner.DeepClone());
                }

                return members;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => item is null ? null : Mask(name, item.DeepClone()))]);
            default:
                return SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) && value.ToString().Length > 0
                    ? JsonValue.Create(Masked)
                    : value;
        }
    }
}
