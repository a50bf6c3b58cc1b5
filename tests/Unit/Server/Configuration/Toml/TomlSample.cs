using Tollgate.Server.Configuration.Toml;

namespace Tollgate.Unit.Server.Configuration.Toml;

/// <summary>Short ways to read and to be refused, for the tests beside it.</summary>
internal static class TomlSample
{
    /// <summary>Reads <paramref name="notation"/> as the value of a key and gives it back as the type it must have.</summary>
    public static T Value<T>(string notation) where T : TomlValue => At<T>(TomlReader.Read($"key = {notation}\n"), "key");

    public static T At<T>(TomlTable root, params string[] path) where T : TomlValue => Assert.IsType<T>(Find(root, path));

    /// <summary>The value that a path of names leads to; within an array the name is an index.</summary>
    public static TomlValue Find(TomlTable root, params string[] path)
    {
        TomlValue value = root;
        foreach (var name in path)
        {
            if (value is TomlArray array)
            {
                value = array.Items[int.Parse(name)];
            }
            else
            {
                Assert.True(Assert.IsType<TomlTable>(value).TryGet(name, out var found), $"no '{name}'");
                value = found;
            }
        }

        return value;
    }

    public static TomlException Refused(string text) => Assert.Throws<TomlException>(() => TomlReader.Read(text));

    public static TomlException ValueRefused(string notation) => Refused($"key = {notation}\n");
}
