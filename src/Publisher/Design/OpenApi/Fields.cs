using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>Members of a definition's objects, refused where they are not of the type they must have.</summary>
internal static class Fields
{
    /// <summary>A text, or null where there is none.</summary>
    public static string? Text(JsonObject owner, string name, string place) => owner[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw WrongType(place, name, "a text"),
    };

    /// <summary>A list of texts; empty where there is none.</summary>
    public static IReadOnlyList<string> Texts(JsonObject owner, string name, string place)
    {
        if (owner[name] is not { } list)
        {
            return [];
        }

        return list is JsonArray items && items.All(item => item?.GetValueKind() == JsonValueKind.String)
            ? [.. items.Select(item => item!.GetValue<string>())]
            : throw WrongType(place, name, "a list of texts");
    }

    /// <summary>An object; empty where there is none.</summary>
    public static JsonObject Object(JsonObject owner, string name, string place) => owner[name] switch
    {
        null => [],
        JsonObject value => value,
        _ => throw WrongType(place, name, "an object"),
    };

    public static bool IsTrue(JsonObject owner, string name) => owner[name]?.GetValueKind() == JsonValueKind.True;

    private static Refusal WrongType(string place, string name, string type) =>
        Malformed.Document($"{Malformed.Quote(JsonPointer.Append(place, name))} must be {type}.");
}
