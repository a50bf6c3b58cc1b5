namespace Tollgate.Model.Settings;

/// <summary>Names the deployment.toml key that an options property takes its value from, and says what it does.</summary>
/// <remarks>The property's initial value is the default. A time property is written like "15m"; a bare number is in its unit.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string key, string meaning) : Attribute
{
    /// <summary>Dotted key; inside a list of tables, relative to the table.</summary>
    public string Key { get; } = key;

    /// <summary>One sentence for the reference page.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>Masked wherever the configuration is shown.</summary>
    public bool Secret { get; init; }

    /// <summary>Unit of a bare number in a time setting: ms, s, m, h or d.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Other names of the key, for example the one of an older release.</summary>
    public string[] Aliases { get; init; } = [];
}
