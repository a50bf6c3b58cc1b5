using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Numerics;

namespace Tollgate.Server.Configuration;

/// <summary>Makes options records of resolved values.</summary>
internal static class OptionsBinder
{
    public static T Bind<T>(SettingTable values) where T : new() => (T)Bind(typeof(T), values, "", "");

    /// <param name="type">The options record.</param>
    /// <param name="values">The values.</param>
    /// <param name="prefix">What the record's keys have before them in <paramref name="values"/>.</param>
    /// <param name="path">The place of <paramref name="values"/> in the configuration, for complaints.</param>
    private static object Bind(Type type, SettingTable values, string prefix, string path)
    {
        var record = Activator.CreateInstance(type)!;
        foreach (var option in OptionProperty.Of(type))
        {
            var key = prefix + option.Setting.Key;
            if (option.IsTable)
            {
                // A table that the record does not have by itself is made when something is written for it.
                if (values.Entries.Keys.Any(name => name.StartsWith($"{key}.", StringComparison.Ordinal)))
                {
                    option.Property.SetValue(record, Bind(option.Type, values, $"{key}.", path));
                }
            }
            else if (values.Entries.TryGetValue(key, out var value))
            {
                option.Property.SetValue(record, Read(value, option, path + key));
            }
        }

        return record;
    }

    private static object Read(SettingValue value, OptionProperty option, string path)
    {
        if (option.ItemType is not { } itemType)
        {
            return ReadOne(value, option, option.Type, path);
        }

        var items = Items(value, option, path);
        var read = Array.CreateInstance(itemType, items.Count);
        foreach (var (index, item) in items.Index())
        {
            read.SetValue(option.IsTableList ? ReadTable(item, itemType, path, index) : ReadOne(item, option, itemType, path), index);
        }

        return read;
    }

    /// <summary>The items of a list; a text is a list with commas, unless the items are tables.</summary>
    private static IReadOnlyList<SettingValue> Items(SettingValue value, OptionProperty option, string path) => value switch
    {
        SettingList list => list.Items,
        SettingText text when !option.IsTableList =>
        [
            .. text.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(item => text with { Text = item }),
        ],
        _ => throw Refuse(value, path, "a list of tables"),
    };

    private static object ReadTable(SettingValue item, Type type, string path, int index) => item is SettingTable table
        ? Bind(type, table, "", $"{path}[{index}].")
        : throw Refuse(item, $"{path}[{index}]", "a table");

    private static object ReadOne(SettingValue value, OptionProperty option, Type type, string path)
    {
        var unit = option.Setting.Unit;
        var range = option.Range;
        if (value is SettingText { Text: var text })
        {
            if (TextConversion.Read(text, type, unit) is { } read && range?.IsValid(read) != false)
            {
                return read;
            }

            // A number of the right form and the wrong size deserves to hear the limits.
            if (range is null && BigInteger.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
            {
                range = type == typeof(int) ? new RangeAttribute(int.MinValue, int.MaxValue) : null;
            }
        }

        throw Refuse(value, path, TextConversion.Expected(type, unit, range));
    }

    private static ConfigurationException Refuse(SettingValue value, string path, string expected) =>
        ConfigurationException.At(value.Origin, $"key '{path}' must be {expected}, found {DisplayText.Found(value)}");
}
