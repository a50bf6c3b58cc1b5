namespace Tollgate.Server.Configuration.Toml;

/// <summary>A text that is not TOML 1.0: where it stops being so, and what was expected there.</summary>
internal sealed class TomlException(TomlPosition position, string reason)
    : Exception($"line {position.Line}, column {position.Column}: {reason}")
{
    public int Line { get; } = position.Line;

    public int Column { get; } = position.Column;

    /// <summary>The message without the position, for callers that print file, line and column in their own form.</summary>
    public string Reason { get; } = reason;
}
