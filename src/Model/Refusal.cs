namespace Tollgate.Model;

/// <summary>A request that a rule turned down: HTTP status, the field's error code and a sentence that helps.</summary>
/// <remarks>Thrown by management rules and rendered once, by the server. The gateway never throws; its failures are values.</remarks>
public sealed class Refusal(int status, int code, string title, string description, Exception? cause = null) : Exception(description, cause)
{
    /// <summary>HTTP status of the answer: 4xx, or 503 where the cause passes by itself.</summary>
    public int Status { get; } = status;

    /// <summary>The field's error code, for example 900251 for a context that is taken.</summary>
    public int Code { get; } = code;

    /// <summary>Short title, stable per code.</summary>
    public string Title { get; } = title;

    /// <summary>What was wrong and what to do about it.</summary>
    public string Description { get; } = description;

    /// <summary>The field of the form or body that is at fault, where it is one.</summary>
    public string? Field { get; private init; }

    /// <summary>The same refusal, about one field.</summary>
    public Refusal At(string field) => new(Status, Code, Title, Description, InnerException) { Field = field };

    public static Refusal BadRequest(string description, int code = 400) => new(400, code, "Bad Request", description);

    public static Refusal Forbidden(string description, int code = 403) => new(403, code, "Forbidden", description);

    public static Refusal NotFound(int code, string what, string id) =>
        new(404, code, $"{what} not found", $"There is no {what} '{id}', or you may not see it.");

    public static Refusal Conflict(int code, string title, string description) => new(409, code, title, description);

    /// <summary>The row changed since the caller read it (RFC 9110 section 13.1.1).</summary>
    public static Refusal Stale(string what) => new(
        412, 412, "Precondition Failed", $"The {what} was changed by someone else since you read it. Read it again and repeat your change.");
}
