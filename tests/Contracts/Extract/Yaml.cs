using YamlDotNet.RepresentationModel;

namespace Tollgate.Contracts.Extract;

/// <summary>Reading maps and lists of YAML by name; what is not there is null or empty.</summary>
internal static class Yaml
{
    public static YamlNode? Child(this YamlNode node, string name) =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;

    public static YamlMappingNode? Map(this YamlNode node, string name) => node.Child(name) as YamlMappingNode;

    public static string? Text(this YamlNode node, string name) => (node.Child(name) as YamlScalarNode)?.Value;

    public static IReadOnlyList<YamlNode> Items(this YamlNode node, string name) => node.Child(name) is YamlSequenceNode list ? [.. list] : [];

    public static IEnumerable<(string Name, YamlNode Value)> Entries(this YamlMappingNode map) =>
        map.Children.Select(pair => (((YamlScalarNode)pair.Key).Value ?? "", pair.Value));
}
