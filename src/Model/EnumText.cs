using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>The text of an enum's members as JSON writes it, for columns and query parameters.</summary>
public static class EnumText<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Texts = Enum.GetValues<T>().ToFrozenDictionary(value => value, Name);

    private static readonly FrozenDictionary<string, T> Values =
        Texts.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string Of(T value) => Texts[value];

    public static T Parse(string text) => Values[text];

    public static bool TryParse(string? text, out T value)
    {
        value = default;
        return text is not null && Values.TryGetValue(text, out value);
    }

    private static string Name(T value) =>
        typeof(T).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? value.ToString();
}
