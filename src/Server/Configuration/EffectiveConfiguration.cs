namespace Tollgate.Server.Configuration;

/// <summary>The configuration in force: every key once, from the topmost layer that has it, with placeholders replaced.</summary>
/// <remarks>Layers, the later one wins: defaults of options records, inferred, file, environment, command line.</remarks>
internal sealed class EffectiveConfiguration
{
    private readonly IReadOnlyList<Type> _options;

    private EffectiveConfiguration(IReadOnlyList<Type> options, SettingTable values, IReadOnlyList<UnusedSetting> unused)
    {
        _options = options;
        Values = values;
        Unused = unused;
    }

    /// <summary>The values of all declared keys that have one, and the <c>[secrets]</c>.</summary>
    public SettingTable Values { get; }

    /// <summary>What is written for the original only.</summary>
    public IReadOnlyList<UnusedSetting> Unused { get; }

    public static EffectiveConfiguration Load(ConfigurationSources sources)
    {
        var originals = OriginalKeys.Shipped;
        var declared = DeclaredTable.Of(sources.Options);

        // 1. Read each layer, and lay the later over the earlier ones.
        var merged = Merge(Layers(sources, declared, originals).Select(declared.WithoutAliases));

        // 2. Set aside what only the original uses, and refuse what nobody knows.
        var sorter = new KeySorter(declared, originals);
        var written = sorter.Sort(merged);

        // 3. Fill up from below: what follows from the settings so far, then defaults.
        var preliminary = PlaceholdersOver(declared.Complete(written));
        var complete = declared.Complete(Inferences.Add(written, declared, preliminary.TextOf));

        // 4. Replace placeholders.
        return new EffectiveConfiguration(sources.Options, PlaceholdersOver(complete).Resolve(complete), sorter.Unused);

        Placeholders PlaceholdersOver(SettingTable table) =>
            new(sources, key => table.Entries.GetValueOrDefault(declared.KeyOf(key)) ?? ValueForTheOriginal(key));

        SettingValue? ValueForTheOriginal(string key) => sorter.Unused.FirstOrDefault(unused => unused.Path == key)?.Value;
    }

    /// <summary>An options record with the values of its keys.</summary>
    public T Bind<T>() where T : new() => _options.Contains(typeof(T))
        ? OptionsBinder.Bind<T>(Values)
        : throw new InvalidOperationException($"{typeof(T)} is not among the options this configuration was loaded for.");

    private static IEnumerable<SettingTable> Layers(ConfigurationSources sources, DeclaredTable declared, OriginalKeys originals)
    {
        var names = declared.AllNames().ToHashSet(StringComparer.Ordinal);
        var sections = names.Append(SecretNames.SecretsTable).Select(Section).Concat(originals.Sections).ToHashSet(StringComparer.Ordinal);

        var file = sources.File is { } content ? FileLayer.Read(sources.FilePath, content.Span) : SettingTable.Empty;
        yield return file;
        yield return NamedLayers.FromVariables(sources.Environment, names.Concat(file.Entries.Keys).Concat(originals.Names));
        yield return NamedLayers.FromArguments(
            sources.CommandLine,
            name => names.Contains(name) || (name.Contains('.') && sections.Contains(Section(name))));
    }

    private static string Section(string key) => key.Split('.')[0];

    private static SettingTable Merge(IEnumerable<SettingTable> layers)
    {
        var entries = new OrderedDictionary<string, SettingValue>(StringComparer.Ordinal);
        foreach (var (key, value) in layers.SelectMany(layer => layer.Entries))
        {
            entries[key] = value;
        }

        return new SettingTable(entries, SettingOrigin.Default);
    }
}
