using Tollgate.Server.Configuration;

namespace Tollgate.Server.Start;

/// <summary>What can be said about a node without starting it.</summary>
public static class Inspection
{
    /// <summary>The effective configuration, one line per key with its origin; secrets masked.</summary>
    public static IEnumerable<string> Configuration(StartArguments arguments) =>
        ConfigurationReport.Of(NodeSettings.Load(arguments).Configuration).Lines();

    /// <summary>The reference page of all keys, Markdown.</summary>
    public static string Reference() => ConfigurationReference.Render(NodeSettings.Options);
}
