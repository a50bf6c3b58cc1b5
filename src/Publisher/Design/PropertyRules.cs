using System.Text.Json;
using Tollgate.Model;
using Tollgate.Model.Search;

namespace Tollgate.Publisher.Design;

/// <summary>The rules of additional properties and of who answers for an API.</summary>
internal static class PropertyRules
{
    private const string Map = "additionalPropertiesMap";
    private const int MaxPerson = 120;
    private const int MaxTag = 255;

    /// <summary>The properties as one list, whichever of the contract's two forms they came in.</summary>
    public static IReadOnlyList<AdditionalProperty> Check(ApiDesign design)
    {
        IReadOnlyList<AdditionalProperty> all =
        [
            .. design.AdditionalProperties,
            .. Mapped(design).Where(property => design.AdditionalProperties.All(listed => listed.Name != property.Name)),
        ];
        foreach (var property in all)
        {
            Check(property);
        }

        return all.GroupBy(property => property.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw Refusal.BadRequest($"The additional property '{twice.Key}' is listed twice.", 900346)
            : all;
    }

    /// <summary>What is kept beside the list: the other form is not, because the two could come to differ.</summary>
    public static IDictionary<string, JsonElement>? WithoutMap(IDictionary<string, JsonElement>? kept) =>
        kept?.ContainsKey(Map) == true ? kept.Where(pair => pair.Key != Map).ToDictionary(pair => pair.Key, pair => pair.Value) : kept;

    public static void CheckTags(ApiDesign design)
    {
        if (design.Tags.FirstOrDefault(tag => tag.Length > MaxTag) is { } tag)
        {
            throw Refusal.BadRequest($"A tag has {tag.Length} characters; at most {MaxTag} are allowed.");
        }
    }

    public static void CheckPeople(BusinessInformation? people)
    {
        string?[] texts = [people?.BusinessOwner, people?.BusinessOwnerEmail, people?.TechnicalOwner, people?.TechnicalOwnerEmail];
        if (texts.Any(text => text?.Length > MaxPerson))
        {
            throw Refusal.BadRequest($"Names and addresses in businessInformation have at most {MaxPerson} characters.");
        }
    }

    private static void Check(AdditionalProperty property)
    {
        if (SearchPrefixes.IsReserved(property.Name))
        {
            throw Refusal.BadRequest(
                $"An additional property cannot be named '{property.Name}': in a search the word means something else.", 900346);
        }

        if (!AdditionalProperty.IsName(property.Name) || property.Value.Length > 900)
        {
            throw Refusal.BadRequest(
                $"The additional property '{property.Name}' needs a name of 1 to 80 characters without spaces, colons and quotes, and a value of at most 900.",
                900346);
        }
    }

    private static IEnumerable<AdditionalProperty> Mapped(ApiDesign design)
    {
        if (design.Kept?.TryGetValue(Map, out var map) != true || map.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var entry in map.EnumerateObject())
        {
            var value = entry.Value.ValueKind == JsonValueKind.Object && entry.Value.TryGetProperty("value", out var text) ? text : default;
            yield return value.ValueKind == JsonValueKind.String
                ? new AdditionalProperty(entry.Name, value.GetString()!, IsShown(entry.Value))
                : throw Refusal.BadRequest($"{Map} needs an object with a text 'value' for '{entry.Name}'.", 900346);
        }
    }

    private static bool IsShown(JsonElement property) => property.TryGetProperty("display", out var display) && display.ValueKind == JsonValueKind.True;
}
