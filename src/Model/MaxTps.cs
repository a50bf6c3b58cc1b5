using System.Text.Json;

namespace Tollgate.Model;

/// <summary>How many calls the backends of an API bear, whoever makes them; none where a number is missing.</summary>
public sealed record MaxTps
{
    public long? Production { get; init; }

    public string ProductionTimeUnit { get; init; } = "SECOND";

    public long? Sandbox { get; init; }

    public string SandboxTimeUnit { get; init; } = "SECOND";

    /// <summary>Limits on tokens of AI APIs; not available.</summary>
    public JsonElement? TokenBasedThrottlingConfiguration { get; init; }
}
