using Tollgate.Gateway.Forward;

namespace Tollgate.Unit.Gateway.Forward.Corpus;

/// <summary>Header lines (RFC 9112 section 5).</summary>
internal static class HeaderLines
{
    public static IEnumerable<BadResponse> All =>
    [
        .. From(Names, Flaw.HeaderName), .. From(Values, Flaw.HeaderValue), .. From(Ends, Flaw.LineEnd), .. From(Folds, Flaw.FoldedLine),
    ];

    private static IEnumerable<(string Name, string Line)> Names =>
    [
        ("no colon", "Nonsense"),
        ("empty name", ": value"),
        ("only a colon", ":"),
        ("space before the colon", "X-A : 1"),
        ("tab before the colon", "X-A\t: 1"),
        ("space in the name", "X A: 1"),
        ("length with a space before the colon", "Content-Length : 5"),
        ("encoding with a space before the colon", "Transfer-Encoding : chunked"),
        ("encoding with a tab before the colon", "Transfer-Encoding\t: chunked"),
        ("encoding with a control byte before the colon", "Transfer-Encoding\u000b: chunked"),
        ("NUL in the name", "X-\0A: 1"),
        ("NUL before the name", "\0X-A: 1"),
        ("control byte in the name", "X-\u0001A: 1"),
        ("form feed in the name", "X-\u000cA: 1"),
        ("DEL in the name", "X-\u007fA: 1"),
        ("byte outside ASCII in the name", "X-\u00e9: 1"),
        ("no-break space in the name", "X\u00a0A: 1"),
        ("parenthesis in the name", "X(A): 1"),
        ("comma in the name", "X,A: 1"),
        ("slash in the name", "X/A: 1"),
        ("semicolon in the name", "X;A: 1"),
        ("less-than in the name", "X<A: 1"),
        ("equals sign in the name", "X=A: 1"),
        ("question mark in the name", "X?A: 1"),
        ("at sign in the name", "X@A: 1"),
        ("bracket in the name", "X[A]: 1"),
        ("backslash in the name", "X\\A: 1"),
        ("brace in the name", "X{A}: 1"),
        ("quoted name", "\"X-A\": 1"),
        ("a second status line", "HTTP/1.1 200 OK"),
        ("a CR in the name", "X-\rA: 1"),
    ];

    private static IEnumerable<(string Name, string Line)> Values =>
    [
        ("NUL in the value", "X-A: a\0b"),
        ("NUL at the end of the value", "X-A: a\0"),
        ("SOH in the value", "X-A: a\u0001b"),
        ("backspace in the value", "X-A: a\u0008b"),
        ("vertical tab in the value", "X-A: a\u000bb"),
        ("form feed in the value", "X-A: a\u000cb"),
        ("escape in the value", "X-A: a\u001bb"),
        ("unit separator in the value", "X-A: a\u001fb"),
        ("DEL in the value", "X-A: a\u007fb"),
        ("control byte in a cookie", "Set-Cookie: a=\u0002"),
        ("control byte in the encoding", "Transfer-Encoding: \u000bchunked"),
        ("control byte in the length", "Content-Length: \u000c5"),
    ];

    private static IEnumerable<(string Name, string Line)> Ends =>
    [
        ("bare LF", "X-A: 1\nX-B: 2"),
        ("bare LF before the encoding", "X-A: 1\nTransfer-Encoding: chunked"),
        ("bare LF at the end of the head", "X-A: 1\r\n\nX"),
        ("bare CR in the value", "X-A: 1\rX-B: 2"),
        ("bare CR before the length", "X-A: 1\rContent-Length: 100"),
        ("CR CR LF", "X-A: 1\r"),
        ("CR alone as a value", "X-A: \r\r"),
    ];

    private static IEnumerable<(string Name, string Line)> Folds =>
    [
        ("folded with a space", "X-A: 1\r\n 2"),
        ("folded with a tab", "X-A: 1\r\n\t2"),
        ("folded encoding", "Transfer-Encoding: chunked\r\n , gzip"),
        ("folded length", "Content-Length: 5\r\n 0"),
        ("only a space", " "),
        ("space before the first header", " X-A: 1"),
        ("tab before the first header", "\tX-A: 1"),
        ("folded with nothing", "X-A: 1\r\n "),
    ];

    private static IEnumerable<BadResponse> From(IEnumerable<(string Name, string Line)> lines, Flaw flaw) => lines.Select(
        line => new BadResponse("header: " + line.Name, $"HTTP/1.1 200 OK\r\n{line.Line}\r\nContent-Type: text/plain\r\n\r\nhello", flaw));
}
