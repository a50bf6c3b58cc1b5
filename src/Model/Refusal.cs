namespace Tollgate.Model;

/// <summary>A request that a rule turned down: the field's error code, the HTTP status and a sentence that helps.</summary>
/// <remarks>Thrown by management rules and rendered once, by the server. The gateway never throws; its failures are values.</remarks>
public sealed class Refusal(int status, int code, string message, string description) : Exception(description)
{
    /// <summary>HTTP status of the answer, 4xx (503 where the cause passes by itself).</summary>
    public int Status { get; } = status;

    /// <summary>The field's error code, for example 900251 for a context that is taken.</summary>
    public int Code { get; } = code;

    /// <summary>Short title, stable per code.</summary>
    public string Title { get; } = message;

    /// <summary>What was wrong and what to do about it.</summary>
    public string Description { get; } = description;
}
