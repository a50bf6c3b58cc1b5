namespace Tollgate.Model.Runtime;

/// <summary>When an API key was used last, as a gateway reports it.</summary>
/// <param name="Key">Hash of an opaque key, <c>jti</c> of a self-contained one.</param>
/// <param name="UsedAt">Unix time in milliseconds.</param>
public sealed record RuntimeKeyUse(string Key, long UsedAt);
