namespace Tollgate.Server.Configuration;

/// <summary>A key that an options record declares.</summary>
/// <param name="Key">The dotted key; inside a list of tables, relative to the table.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Option">The property that takes the value.</param>
/// <param name="Default">The property's initial value; null when it has none.</param>
/// <param name="OptionalTable">The table that must be written for the default to count, when the record has no such part otherwise.</param>
/// <param name="Element">The keys of one table, when the value is a list of tables.</param>
internal sealed record DeclaredSetting(
    string Key,
    IReadOnlyList<string> Aliases,
    OptionProperty Option,
    SettingValue? Default,
    string? OptionalTable,
    DeclaredTable? Element);

/// <summary>The keys of all options records together, or those of one table of a list.</summary>
internal sealed class DeclaredTable
{
    private readonly OrderedDictionary<string, DeclaredSetting> _settings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _keysByAlias = new(StringComparer.Ordinal);

    private DeclaredTable()
    {
    }

    public IReadOnlyList<DeclaredSetting> Settings => _settings.Values;

    public static DeclaredTable Of(IEnumerable<Type> options)
    {
        var declared = new DeclaredTable();
        foreach (var type in options)
        {
            declared.Add(type, Activator.CreateInstance(type)!, [""], optionalTable: null);
        }

        return declared._keysByAlias.Keys.FirstOrDefault(declared._settings.ContainsKey) is { } ambiguous
            ? throw new InvalidOperationException($"'{ambiguous}' is a key and another key's alias.")
            : declared;
    }

    public DeclaredSetting? Find(string key) => _settings.GetValueOrDefault(key);

    /// <summary>The key that a name stands for: itself, unless it is an alias.</summary>
    public string KeyOf(string name) => _keysByAlias.GetValueOrDefault(name, name);

    /// <summary>Every name a key may be written under, those within lists of tables included.</summary>
    public IEnumerable<string> AllNames() => _settings.Values.SelectMany(setting =>
        ((IEnumerable<string>)[setting.Key, .. setting.Aliases]).Concat(
            setting.Element?.AllNames().Select(name => $"{setting.Key}.{name}") ?? []));

    /// <summary>The table with aliases replaced by the keys they stand for.</summary>
    public SettingTable WithoutAliases(SettingTable table)
    {
        var entries = new OrderedDictionary<string, SettingValue>(StringComparer.Ordinal);
        foreach (var (name, value) in table.Entries)
        {
            var key = KeyOf(name);
            var renamed = value is SettingList list && Find(key)?.Element is { } element
                ? list.WithTables((item, _) => element.WithoutAliases(item))
                : value;
            if (!entries.TryAdd(key, renamed))
            {
                var other = table.Entries.Keys.First(earlier => KeyOf(earlier) == key);
                throw ConfigurationException.At(
                    value.Origin,
                    $"'{name}' and '{other}' ({entries[key].Origin.Place}) are two names of one setting; keep '{key}'");
            }
        }

        return table with { Entries = entries };
    }

    /// <summary>The table with the defaults of what it lacks, and with secrets marked as such.</summary>
    public SettingTable Complete(SettingTable table)
    {
        var entries = new OrderedDictionary<string, SettingValue>(table.Entries, StringComparer.Ordinal);
        foreach (var setting in Settings)
        {
            if (setting.Default is { } initial && IsPresent(setting.OptionalTable, table))
            {
                entries.TryAdd(setting.Key, initial);
            }
        }

        foreach (var (key, value) in entries.ToArray())
        {
            var setting = Find(key);
            var completed = value is SettingList list && setting?.Element is { } element
                ? list.WithTables((item, _) => element.Complete(item))
                : value;
            entries[key] = setting?.Option.Setting.Secret == true ? completed.AsSecret() : SecretNames.Mark(key, completed);
        }

        return table with { Entries = entries };
    }

    private static bool IsPresent(string? optionalTable, SettingTable table) =>
        optionalTable is null || table.Entries.Keys.Any(key => key.StartsWith($"{optionalTable}.", StringComparison.Ordinal));

    private void Add(Type type, object initial, IReadOnlyList<string> prefixes, string? optionalTable)
    {
        foreach (var option in OptionProperty.Of(type))
        {
            var names = prefixes.SelectMany(prefix => option.Names.Select(name => prefix + name)).ToArray();
            var value = option.Property.GetValue(initial);
            if (option.IsTable)
            {
                var part = value ?? Activator.CreateInstance(option.Type)!;
                Add(option.Type, part, [.. names.Select(name => $"{name}.")], value is null ? names[0] : optionalTable);
                continue;
            }

            var element = option.IsTableList ? Of([option.ItemType!]) : null;
            Add(new DeclaredSetting(names[0], names[1..], option, DefaultValues.Of(value), optionalTable, element));
        }
    }

    /// <summary>Two records may ask for the same key, if they agree about it.</summary>
    private void Add(DeclaredSetting setting)
    {
        if (!_settings.TryAdd(setting.Key, setting) && !Agree(_settings[setting.Key], setting))
        {
            throw new InvalidOperationException($"Options records disagree about '{setting.Key}'.");
        }

        foreach (var alias in setting.Aliases)
        {
            if (!_keysByAlias.TryAdd(alias, setting.Key) && _keysByAlias[alias] != setting.Key)
            {
                throw new InvalidOperationException($"'{alias}' is an alias of '{_keysByAlias[alias]}' and of '{setting.Key}'.");
            }
        }
    }

    private static bool Agree(DeclaredSetting left, DeclaredSetting right) =>
        left.Option.Type == right.Option.Type
        && left.Option.Setting.Secret == right.Option.Setting.Secret
        && left.Option.Setting.Unit == right.Option.Setting.Unit
        && left.Aliases.SequenceEqual(right.Aliases)
        && left.Default?.ToString() == right.Default?.ToString();
}
