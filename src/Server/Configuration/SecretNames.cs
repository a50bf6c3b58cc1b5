namespace Tollgate.Server.Configuration;

/// <summary>Knows from a name that its value is a secret: for keys that no options record describes, and for variables.</summary>
internal static class SecretNames
{
    /// <summary>The table that <c>$secret{alias}</c> reads.</summary>
    public const string SecretsTable = "secrets.";

    private static readonly string[] Endings =
        ["password", "passphrase", "_pass", "secret", "token", "apikey", "api_key", "access_key", "secret_key", "private_key"];

    public static bool IsInSecretsTable(string key) => key.StartsWith(SecretsTable, StringComparison.Ordinal);

    /// <summary>True for the name of a secret: of a key, a variable or a property.</summary>
    public static bool Contains(string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        return IsInSecretsTable(name)
            || last is "key"
            || Endings.Any(ending => last.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The value, made secret if the key's name says so; a switch like <c>renew_refresh_token = true</c> is none.</summary>
    public static SettingValue Mark(string key, SettingValue value) =>
        Contains(key) && value is not SettingText { Text: "true" or "false" } ? value.AsSecret() : value;
}
