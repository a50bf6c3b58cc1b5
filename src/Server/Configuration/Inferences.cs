namespace Tollgate.Server.Configuration;

/// <summary>Defaults that follow from another setting; whatever is written anywhere goes before them.</summary>
internal static class Inferences
{
    private const string Role = "server.server_role";
    private const string DatabaseType = "database.*.type";

    private static readonly string[] Gateways = ["gateway-worker", "gateway", "gateway-manager"];
    private static readonly string[] DeveloperPortals = ["api-devportal", "api-store"];
    private static readonly string[] AllButGateways =
        ["traffic-manager", "control-plane", "api-key-manager", "api-publisher", .. DeveloperPortals];

    /// <summary>When the first key has one of the values, the other key has the value at the end; * is the same name in both.</summary>
    private static readonly (string From, string[] Values, string Key, string Value)[] Table =
    [
        (Role, [.. Gateways, "traffic-manager", "api-key-manager", .. DeveloperPortals], "apim.throttling.enable_policy_deploy", "false"),
        (Role, AllButGateways, "apim.throttling.enable_data_publishing", "false"),
        (Role, AllButGateways, "apim.throttling.enable_decision_connection", "false"),
        (Role, AllButGateways, "apim.throttling.enable_blacklist_condition", "false"),
        (Role, Gateways, "apim.key_manager.enable_registration", "false"),
        (Role, ["control-plane"], "apim.sync_runtime_artifacts.gateway.enable", "false"),
        (Role, [.. Gateways, "traffic-manager", "api-key-manager"], "indexing.enable", "false"),
        (DatabaseType, ["postgre", "postgres", "postgresql"], "database.*.port", "5432"),
        (DatabaseType, ["mysql", "mariadb"], "database.*.port", "3306"),
    ];

    /// <summary>The table with what can be inferred for declared keys that it lacks.</summary>
    /// <param name="written">What file, environment and command line say.</param>
    /// <param name="declared">The keys there are.</param>
    /// <param name="textOf">The text that a key has in the end; null when it has none.</param>
    public static SettingTable Add(SettingTable written, DeclaredTable declared, Func<string, string?> textOf)
    {
        var entries = new OrderedDictionary<string, SettingValue>(written.Entries, StringComparer.Ordinal);
        foreach (var (from, values, target, value) in Table)
        {
            foreach (var key in declared.Settings.Select(setting => setting.Key).Where(key => StarOf(target, key) is not null))
            {
                var trigger = from.Replace("*", StarOf(target, key), StringComparison.Ordinal);
                if (values.Contains(textOf(trigger), StringComparer.OrdinalIgnoreCase))
                {
                    entries.TryAdd(key, new SettingText(value, SettingOrigin.InferredFrom(trigger)));
                }
            }
        }

        return written with { Entries = entries };
    }

    /// <summary>What the pattern's star stands for in the key, empty when it has none; null when the key does not fit.</summary>
    private static string? StarOf(string pattern, string key)
    {
        if (pattern.Split('*') is not [var head, var tail])
        {
            return pattern == key ? "" : null;
        }

        return key.Length > head.Length + tail.Length
            && key.StartsWith(head, StringComparison.Ordinal)
            && key.EndsWith(tail, StringComparison.Ordinal)
                ? key[head.Length..^tail.Length]
                : null;
    }
}
