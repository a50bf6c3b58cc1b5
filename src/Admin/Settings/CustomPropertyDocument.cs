using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Model;

namespace Tollgate.Admin.Settings;

/// <summary>The part of the settings that says which additional properties publishers are asked for.</summary>
internal static class CustomPropertyDocument
{
    public const string Key = "CustomProperties";

    private const int MaxDescription = 900;

    public static JsonObject Schema => new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray("Name"),
            ["properties"] = new JsonObject
            {
                ["Name"] = new JsonObject { ["type"] = "string" },
                ["Description"] = new JsonObject { ["type"] = "string" },
                ["Required"] = new JsonObject { ["type"] = "boolean" },
            },
        },
    };

    public static void Check(JsonElement properties)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in properties.EnumerateArray())
        {
            if (property.ValueKind != JsonValueKind.Object || !property.EnumerateObject().All(IsKnown))
            {
                throw Refusal.BadRequest($"{Key} is a list of objects with the texts Name and Description, and Required, which is true or false.");
            }

            var name = property.TryGetProperty("Name", out var text) ? text.GetString() : null;
            if (!AdditionalProperty.IsName(name) || !names.Add(name!))
            {
                throw Refusal.BadRequest(
                    $"'{name}' is no name for one of the {Key}: it needs 1 to 80 characters without spaces, colons and quotes, means nothing else in "
                    + "a search, and stands in the list once.");
            }
        }
    }

    private static bool IsKnown(JsonProperty field) => field.Name switch
    {
        "Name" => field.Value.ValueKind == JsonValueKind.String,
        "Description" => field.Value.ValueKind == JsonValueKind.String && field.Value.GetString()!.Length <= MaxDescription,
        "Required" => field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => false,
    };
}
