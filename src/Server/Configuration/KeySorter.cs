namespace Tollgate.Server.Configuration;

/// <summary>A key of the original that is accepted and not used.</summary>
/// <param name="Key">The dotted key.</param>
/// <param name="Path">The key with the number of each table it stands in.</param>
/// <param name="Value">The value as written, placeholders and all.</param>
/// <param name="Note">What replaces it, or why it is not needed.</param>
internal sealed record UnusedSetting(string Key, string Path, SettingValue Value, string Note);

/// <summary>Tells keys of options records, keys of the original without a meaning here, and mistakes apart.</summary>
internal sealed class KeySorter(DeclaredTable declared, OriginalKeys originals)
{
    private readonly List<UnusedSetting> _unused = [];

    public IReadOnlyList<UnusedSetting> Unused => _unused;

    /// <summary>The settings that are used; the others are added to <see cref="Unused"/>, and mistakes refused.</summary>
    public SettingTable Sort(SettingTable table) => Sort(table, declared, "", "");

    private SettingTable Sort(SettingTable table, DeclaredTable here, string keyPrefix, string pathPrefix)
    {
        var used = new OrderedDictionary<string, SettingValue>(StringComparer.Ordinal);
        foreach (var (name, value) in table.Entries)
        {
            var (key, path) = (keyPrefix + name, pathPrefix + name);
            if (here.Find(name) is { } setting)
            {
                used.Add(name, value is SettingList list && setting.Element is { } element
                    ? list.WithTables((item, index) => Sort(item, element, $"{key}.", $"{path}[{index}]."))
                    : value);
            }
            else if (SecretNames.IsInSecretsTable(key))
            {
                used.Add(name, value);
            }
            else
            {
                SetAside(key, path, value);
            }
        }

        return table with { Entries = used };
    }

    private void SetAside(string key, string path, SettingValue value)
    {
        if (value is SettingList { HasTables: true } list)
        {
            foreach (var (index, item) in list.Items.Index())
            {
                foreach (var (name, inner) in (item as SettingTable ?? SettingTable.Empty).Entries)
                {
                    SetAside($"{key}.{name}", $"{path}[{index}].{name}", inner);
                }
            }

            return;
        }

        RefuseWrongBrackets(key, path, value);
        var note = originals.NoteFor(key) ?? throw Unknown(key, value.Origin);
        _unused.Add(new UnusedSetting(key, path, SecretNames.Mark(key, value), note));
    }

    private ConfigurationException Unknown(string key, SettingOrigin origin)
    {
        var nearest = NearestName.Of(key, declared.AllNames().Concat(originals.Names));
        return ConfigurationException.At(origin, $"unknown key '{key}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}");
    }

    private void RefuseWrongBrackets(string key, string path, SettingValue value)
    {
        if (path != key && declared.Find(key) is not null)
        {
            var table = key[..key.LastIndexOf('.')];
            throw ConfigurationException.At(value.Origin, $"'{table}' is one table, not a list of tables; write [{table}]");
        }

        if (path == key && declared.Settings.FirstOrDefault(IsListAbove) is { Key: var listKey })
        {
            throw ConfigurationException.At(value.Origin, $"'{listKey}' is a list of tables; write [[{listKey}]]");
        }

        bool IsListAbove(DeclaredSetting setting) =>
            setting.Element is not null && key.StartsWith($"{setting.Key}.", StringComparison.Ordinal);
    }
}
