using System.Collections;
using System.Globalization;

namespace Tollgate.Server.Configuration;

/// <summary>Writes the initial values of options records as the configuration would have them.</summary>
internal static class DefaultValues
{
    /// <summary>The value in its text form; null when the property has none.</summary>
    public static SettingValue? Of(object? value) => value switch
    {
        null => null,
        string text => Text(text),
        bool truth => Text(truth ? "true" : "false"),
        TimeSpan time => Text(TimeText.Format(time)),
        Enum member => Text(EnumNames.Of(member)),
        IFormattable number => Text(number.ToString(null, CultureInfo.InvariantCulture)),
        IEnumerable items => new SettingList([.. items.Cast<object>().Select(item => Of(item)!)], SettingOrigin.Default),
        _ => Table(value),
    };

    private static SettingText Text(string text) => new(text, SettingOrigin.Default);

    private static SettingTable Table(object record)
    {
        var entries = new Dictionary<string, SettingValue>(StringComparer.Ordinal);
        Add(record, "", entries);
        return new SettingTable(entries, SettingOrigin.Default);
    }

    private static void Add(object record, string prefix, Dictionary<string, SettingValue> entries)
    {
        foreach (var option in OptionProperty.Of(record.GetType()))
        {
            var key = prefix + option.Setting.Key;
            var value = option.Property.GetValue(record);
            if (option.IsTable && value is not null)
            {
                Add(value, key + ".", entries);
            }
            else if (Of(value) is { } written)
            {
                entries.Add(key, written);
            }
        }
    }
}
