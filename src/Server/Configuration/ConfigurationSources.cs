namespace Tollgate.Server.Configuration;

/// <summary>Everything a configuration is made of; what is not given is empty.</summary>
internal sealed record ConfigurationSources
{
    /// <summary>The options records of all modules; their properties say which keys there are.</summary>
    public required IReadOnlyList<Type> Options { get; init; }

    /// <summary>Path of the file, for reports and complaints.</summary>
    public string FilePath { get; init; } = "deployment.toml";

    /// <summary>What the file contains; null when there is none.</summary>
    public ReadOnlyMemory<byte>? File { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The -Dname=value arguments in order; of the same name the last one counts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> CommandLine { get; init; } = [];

    /// <summary>Values of <c>${name}</c>; they may contain placeholders: admin.username is <c>$ref{super_admin.username}</c>.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Ports under their <c>${name}</c>, placeholders allowed; each is given out with <c>server.offset</c> added.</summary>
    public IReadOnlyDictionary<string, string> Ports { get; init; } = new Dictionary<string, string>();
}
