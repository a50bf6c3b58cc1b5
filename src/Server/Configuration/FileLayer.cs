using System.Globalization;
using Tollgate.Server.Configuration.Toml;

namespace Tollgate.Server.Configuration;

/// <summary>Reads the file into dotted keys.</summary>
internal sealed class FileLayer
{
    private readonly string _path;

    private FileLayer(string path) => _path = path;

    public static SettingTable Read(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            return new FileLayer(path).Flatten(TomlReader.Read(content));
        }
        catch (TomlException malformed)
        {
            throw new ConfigurationException($"{Path.GetFileName(path)} {malformed.Message}");
        }
    }

    private SettingTable Flatten(TomlTable table)
    {
        var entries = new OrderedDictionary<string, SettingValue>(StringComparer.Ordinal);
        AddEntries(table, "", entries);
        return new SettingTable(entries, OriginOf(table));
    }

    private void AddEntries(TomlTable table, string prefix, OrderedDictionary<string, SettingValue> entries)
    {
        foreach (var (name, value) in table.Entries)
        {
            var key = prefix + name;
            if (value is TomlTable inner)
            {
                AddEntries(inner, key + ".", entries);
            }
            else if (!entries.TryAdd(key, ValueOf(key, value)))
            {
                // A quoted name keeps its dots, so that 'a.b' = 1 and b = 1 under [a] are the same key.
                throw ConfigurationException.At(OriginOf(value), $"key '{key}' is written twice, first at {entries[key].Origin.Place}");
            }
        }
    }

    private SettingValue ValueOf(string key, TomlValue value)
    {
        var origin = OriginOf(value);
        return value switch
        {
            TomlString text => new SettingText(text.Value, origin),
            TomlInteger number => new SettingText(number.Value.ToString(CultureInfo.InvariantCulture), origin),
            TomlFloat number => new SettingText(number.Value.ToString("R", CultureInfo.InvariantCulture), origin),
            TomlBoolean truth => new SettingText(truth.Value ? "true" : "false", origin),
            TomlArray array => new SettingList([.. array.Items.Select(item => ValueOf(key, item))], origin),
            TomlTable table => Flatten(table),
            _ => throw ConfigurationException.At(origin, $"key '{key}' is {value.Kind}, and no key takes one; write it in quotes"),
        };
    }

    private SettingOrigin OriginOf(TomlValue value) => SettingOrigin.InFile(_path, value.Line, value.Column);
}
