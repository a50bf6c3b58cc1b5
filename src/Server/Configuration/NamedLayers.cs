namespace Tollgate.Server.Configuration;

/// <summary>Reads the two layers that give single values by name: environment variables and -D arguments.</summary>
internal static class NamedLayers
{
    private const string VariablePrefix = "TOLLGATE_CONF_";

    /// <summary>What start scripts of the original pass, and the keys these are for.</summary>
    private static readonly Dictionary<string, string> ShortArguments = new(StringComparer.Ordinal)
    {
        ["portOffset"] = "server.offset",
        ["profile"] = "server.server_role",
    };

    /// <summary>TOLLGATE_CONF_SERVER__OFFSET is server.offset; upper and lower case are those of the known key, else lower.</summary>
    public static SettingTable FromVariables(IReadOnlyDictionary<string, string> variables, IEnumerable<string> knownKeys)
    {
        var spelling = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in knownKeys)
        {
            spelling.TryAdd(key, key);
        }

        var entries = new OrderedDictionary<string, SettingValue>(StringComparer.Ordinal);
        foreach (var (name, value) in variables.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(VariablePrefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var key = name[VariablePrefix.Length..].Replace("__", ".", StringComparison.Ordinal);
            key = spelling.GetValueOrDefault(key, key.ToLowerInvariant());
            Add(entries, key, new SettingText(value, SettingOrigin.Variable(name)));
        }

        return new SettingTable(entries, SettingOrigin.Default);
    }

    /// <summary>The arguments that are keys; the others only answer to <c>${name}</c>.</summary>
    public static SettingTable FromArguments(IEnumerable<KeyValuePair<string, string>> arguments, Func<string, bool> looksLikeKey)
    {
        var lastOfEach = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
        {
            lastOfEach[name] = value;
        }

        var entries = new OrderedDictionary<string, SettingValue>(StringComparer.Ordinal);
        foreach (var (name, value) in lastOfEach)
        {
            if (ShortArguments.TryGetValue(name, out var key) || looksLikeKey(name))
            {
                Add(entries, key ?? name, new SettingText(value, SettingOrigin.CommandLine(name)));
            }
        }

        return new SettingTable(entries, SettingOrigin.Default);
    }

    private static void Add(OrderedDictionary<string, SettingValue> entries, string key, SettingText value)
    {
        if (!entries.TryAdd(key, value))
        {
            throw ConfigurationException.At(value.Origin, $"key '{key}' is also set by {entries[key].Origin.Place}");
        }
    }
}
