using System.Text;
using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>Short ways to load a configuration and to be refused, for the tests beside it.</summary>
internal static class Sample
{
    /// <summary>A file in a folder, to see that reports name the path and complaints the file.</summary>
    public const string Path = "/opt/tollgate/repository/conf/deployment.toml";

    public static ConfigurationSources Sources(string toml, params Type[] options) => new()
    {
        Options = options,
        FilePath = Path,
        File = Encoding.UTF8.GetBytes(toml),
    };

    public static EffectiveConfiguration Load(string toml, params Type[] options) => EffectiveConfiguration.Load(Sources(toml, options));

    public static T Bind<T>(string toml) where T : new() => Load(toml, typeof(T)).Bind<T>();

    public static string Refused(ConfigurationSources sources) =>
        Assert.Throws<ConfigurationException>(() => EffectiveConfiguration.Load(sources)).Message;

    public static string Refused(string toml, params Type[] options) => Refused(Sources(toml, options));

    public static string BindRefused<T>(string toml) where T : new() => Assert.Throws<ConfigurationException>(() => Bind<T>(toml)).Message;

    /// <summary>The text of a key after everything is resolved, or null.</summary>
    public static string? Text(EffectiveConfiguration configuration, string key) =>
        configuration.Values.Entries.GetValueOrDefault(key) is SettingText { Text: var text } ? text : null;

    public static string Origin(EffectiveConfiguration configuration, string key) => configuration.Values.Entries[key].Origin.ToString();

    public static Dictionary<string, string> Names(params (string Name, string Value)[] pairs) =>
        pairs.ToDictionary(pair => pair.Name, pair => pair.Value);

    public static KeyValuePair<string, string>[] Arguments(params (string Name, string Value)[] pairs) =>
        [.. pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))];
}
