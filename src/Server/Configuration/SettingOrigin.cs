namespace Tollgate.Server.Configuration;

/// <summary>Where a value comes from, as reports show it and as complaints name the place.</summary>
internal sealed record SettingOrigin
{
    public static readonly SettingOrigin Default = new("default", "default");

    private readonly string _shown;

    private SettingOrigin(string shown, string place)
    {
        _shown = shown;
        Place = place;
    }

    /// <summary>The place at the head of a complaint: "deployment.toml line 3, column 10".</summary>
    public string Place { get; }

    public static SettingOrigin InferredFrom(string key) => new($"inferred from {key}", $"inferred from {key}");

    public static SettingOrigin InFile(string path, int line, int column) =>
        new($"{path}:{line}:{column}", $"{Path.GetFileName(path)} line {line}, column {column}");

    public static SettingOrigin Variable(string name) => new($"environment variable {name}", $"environment variable {name}");

    public static SettingOrigin CommandLine(string name) => new($"command line -D{name}", $"command line -D{name}");

    public override string ToString() => _shown;
}
