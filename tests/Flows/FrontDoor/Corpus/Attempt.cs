namespace Tollgate.Flows.FrontDoor.Corpus;

/// <summary>What has to come of a request.</summary>
public enum Outcome
{
    /// <summary>Legal, if unusual: the backend answers it, and the request behind it too.</summary>
    Served,

    /// <summary>The backend answers it and the connection ends.</summary>
    ServedLast,

    /// <summary>A 4xx; where the request ends is clear, so the one behind it is answered.</summary>
    Kept,

    /// <summary>A 4xx (or 505), and nothing behind it is read.</summary>
    Closed,

    /// <summary>Never whole: nothing of it is answered by the backend, and the connection ends with the client's.</summary>
    Cut,
}

/// <summary>A request as raw text; {host}, {path} and {auth} are filled in.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Outcome">What has to come of it.</param>
/// <param name="Text">One byte per character.</param>
public sealed record Attempt(string Name, Outcome Outcome, string Text)
{
    /// <summary>How many bytes are not sent in the end.</summary>
    public int Missing { get; init; }
}

/// <summary>Heads in one line of source each.</summary>
public static class Heads
{
    public const string Body = "5\r\nhello\r\n0\r\n\r\n";

    public static string Get(params IEnumerable<string> lines) => Of("GET {path} HTTP/1.1", ["Host: {host}", "{auth}", .. lines]);

    public static string Post(string body, params IEnumerable<string> lines) => Of("POST {path} HTTP/1.1", ["Host: {host}", "{auth}", .. lines]) + body;

    public static string Chunked(string body) => Post(body, "Transfer-Encoding: chunked");

    public static string Line(string requestLine) => Of(requestLine, ["Host: {host}", "{auth}"]);

    public static string Of(string requestLine, IEnumerable<string> lines) => string.Join("\r\n", [requestLine, .. lines, "", ""]);

    /// <summary>A byte as names of attempts show it.</summary>
    public static string Show(char c) => c is > ' ' and < (char)0x7f ? $"'{c}'" : $"0x{(int)c:x2}";
}
