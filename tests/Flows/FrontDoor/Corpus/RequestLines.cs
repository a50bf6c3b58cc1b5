using static Tollgate.Flows.FrontDoor.Corpus.Heads;

namespace Tollgate.Flows.FrontDoor.Corpus;

/// <summary>Methods, versions, separators and what is no HTTP at all.</summary>
public static class RequestLines
{
    private const string NoTokens = "\"(),/:;<=>?@[\\]{}\0\t\u0001\u007f\u0080\u00e9";

    public static IEnumerable<Attempt> All =>
    [
        .. NoTokens.Select(c => new Attempt($"method with {Show(c)}", Outcome.Closed, Line($"GE{c}T {{path}} HTTP/1.1"))),
        new("method in lower case", Outcome.Kept, Line("get {path} HTTP/1.1")),
        new("method nobody knows", Outcome.Kept, Line("FROB {path} HTTP/1.1")),
        new("TRACE", Outcome.Kept, Line("TRACE {path} HTTP/1.1")),
        new("method missing", Outcome.Closed, Line(" {path} HTTP/1.1")),
        new("method only", Outcome.Closed, Line("GET")),
        new("method and blank only", Outcome.Closed, Line("GET ")),
        new("method of 9000 bytes", Outcome.Closed, Line(new string('A', 9000) + " {path} HTTP/1.1")),
        new("two blanks before the target", Outcome.Closed, Line("GET  {path} HTTP/1.1")),
        new("two blanks after the target", Outcome.Served, Line("GET {path}  HTTP/1.1")),
        new("tab before the target", Outcome.Closed, Line("GET\t{path} HTTP/1.1")),
        new("tab after the target", Outcome.Closed, Line("GET {path}\tHTTP/1.1")),
        new("blank after the version", Outcome.Closed, Line("GET {path} HTTP/1.1 ")),
        new("blank before the method", Outcome.Closed, Line(" GET {path} HTTP/1.1")),
        new("blank inside the target", Outcome.Closed, Line("GET {path} /x HTTP/1.1")),
        .. ((string[])["HTTP/1.2", "HTTP/1.10", "HTTP/01.1", "HTTP/2.0", "HTTP/3.0", "HTTP/0.9", "HTTP/9.9", "HTTP/1", "HTTP/1.", "HTTP/",
            "HTTP/1.1x", "HTTP/1,1",
                "HTTP/-1.1", "http/1.1", "HTP/1.1", "HTTPS/1.1", "HTTP", "1.1", "\0", "HTTP/1.1\0"])
            .Select(version => new Attempt($"version {string.Concat(version.Select(Show))}", Outcome.Closed, Line("GET {path} " + version))),
        new("no version (HTTP/0.9)", Outcome.Closed, Line("GET {path}")),
        new("line ended by LF", Outcome.Closed, "GET {path} HTTP/1.1\nHost: {host}\r\n{auth}\r\n\r\n"),
        new("line ended by CR", Outcome.Closed, "GET {path} HTTP/1.1\rHost: {host}\r\n{auth}\r\n\r\n"),
        new("line ended by CR CR LF", Outcome.Closed, "GET {path} HTTP/1.1\r\r\nHost: {host}\r\n{auth}\r\n\r\n"),
        new("line ended by LF CR", Outcome.Closed, "GET {path} HTTP/1.1\n\rHost: {host}\r\n{auth}\r\n\r\n"),
        new("LF before the line", Outcome.Served, "\n" + Get()),
        new("empty line before the line", Outcome.Served, "\r\n" + Get()),
        new("NUL before the line", Outcome.Closed, "\0" + Get()),
        new("byte order mark", Outcome.Closed, "\u00ef\u00bb\u00bf" + Get()),
        new("TLS hello", Outcome.Closed, "\u0016\u0003\u0001\u0000\u00c8\u0001\u0000\u0000\u00c4\u0003\u0003" + new string('\u0011', 189) + "\r\n\r\n"),
        new("another protocol", Outcome.Closed, "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        new("PROXY protocol", Outcome.Closed, "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n" + Get()),
        new("a response", Outcome.Closed, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        new("line of 9 KB", Outcome.Closed, Line($"GET {{path}}?{new string('q', 9 * 1024)} HTTP/1.1")),
        new("line of 200 KB", Outcome.Closed, Line($"GET {{path}}?{new string('q', 200 * 1024)} HTTP/1.1")),
    ];
}
