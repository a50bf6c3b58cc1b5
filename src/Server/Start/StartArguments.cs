namespace Tollgate.Server.Start;

/// <summary>How a node was asked to start.</summary>
public sealed record StartArguments
{
    /// <summary>Home folder as given; null lets the usual places be searched.</summary>
    public string? Home { get; init; }

    /// <summary>The <c>-Dname=value</c> arguments in their order; <c>-Dname</c> alone has the value "true".</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>Serve the sample backend; the quickstart does.</summary>
    public bool WithSample { get; init; }

    /// <summary>Log to the console from this level on; null takes the configured one.</summary>
    public string? ConsoleLevel { get; init; }
}
