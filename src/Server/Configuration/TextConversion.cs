using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Tollgate.Server.Configuration;

/// <summary>Reads a text as the type of an options property.</summary>
internal static class TextConversion
{
    /// <summary>The value; null when the text does not stand for one of that type.</summary>
    public static object? Read(string text, Type type, string bareUnit)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => bool.TryParse(text, out var truth) ? truth : null,
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.Integer, culture, out var number) ? number : null,
            _ when type == typeof(long) => long.TryParse(text, NumberStyles.Integer, culture, out var number) ? number : null,
            _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number)
                ? number
                : null,
            _ when type == typeof(TimeSpan) => TimeText.Parse(text, bareUnit),
            _ when type.IsEnum => EnumNames.Find(type, text.Trim()),
            _ => throw Unsupported(type),
        };
    }

    /// <summary>What a text must be to become that type, to follow "must be"; also the type on the reference page.</summary>
    public static string Expected(Type type, string bareUnit, RangeAttribute? range) => range is null
        ? Expected(type, bareUnit)
        : string.Create(CultureInfo.InvariantCulture, $"{Expected(type, bareUnit)} from {range.Minimum} to {range.Maximum}");

    private static string Expected(Type type, string bareUnit) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) => "a number",
        _ when type == typeof(TimeSpan) => "a time in ms, s, m, h or d" + (bareUnit.Length > 0 ? $" (a bare number is in {bareUnit})" : ""),
        _ when type.IsEnum => $"one of {string.Join(", ", EnumNames.All(type))}",
        _ => throw Unsupported(type),
    };

    private static InvalidOperationException Unsupported(Type type) => new($"An options property cannot be of type {type}.");
}
