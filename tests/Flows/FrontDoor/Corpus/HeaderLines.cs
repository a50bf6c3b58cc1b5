using static Tollgate.Flows.FrontDoor.Corpus.Heads;

namespace Tollgate.Flows.FrontDoor.Corpus;

/// <summary>Header lines: names, values, folds and sizes.</summary>
public static class HeaderLines
{
    private const string NoTokens = "\"(),/;<=>?@[\\]{} \t\0\u0001\u001f\u007f\u0080\u00ff";

    public static IEnumerable<Attempt> All =>
    [
        .. NoTokens.Select(c => new Attempt($"header name with {Show(c)}", Outcome.Closed, Get($"X-A{c}B: 1"))),
        .. NoTokens.Where(c => c is not (' ' or '\t')).Select(c => new Attempt($"header name that begins with {Show(c)}", Outcome.Closed, Get($"{c}X: 1"))),
        .. Enumerable.Range(0, 33).Append(0x7f).Where(c => c is not ('\t' or ' ' or '\r' or '\n'))
            .Select(c => new Attempt($"header value with {Show((char)c)}", Outcome.Closed, Get($"X-A: a{(char)c}b"))),
        .. ((char[])[(char)0x0b, (char)0x0c, (char)0x7f, '\0'])
            .Select(c => new Attempt($"header value that ends in {Show(c)}", Outcome.Closed, Get($"X-A: a{c}"))),
        new("header value with CR", Outcome.Closed, Get("X-A: a\rb")),
        new("header value with LF", Outcome.Closed, Get("X-A: a\nb")),
        new("header value with LF and a header", Outcome.Closed, Get("X-A: a\nX-B: b")),
        new("header value that ends in CR", Outcome.Closed, Get("X-A: a\r")),
        new("header value with tab and bytes outside ASCII", Outcome.Served, Get("X-A: a\tb\u00c3\u00a9")),
        new("header value that is empty", Outcome.Served, Get("X-A:")),
        new("header value without a blank before it", Outcome.Served, Get("X-A:1")),
        new("header value of blanks", Outcome.Served, Get("X-A:  \t ")),
        new("header name in capitals", Outcome.Served, Get("X-UPPER: 1")),
        new("header name of all token bytes", Outcome.Served, Get("!#$%&'*+-.^_`|~09azAZ: 1")),
        new("header without a colon", Outcome.Closed, Get("X-A")),
        new("header without a name", Outcome.Closed, Get(": 1")),
        new("header of a colon", Outcome.Closed, Get(":")),
        new("blank before the colon", Outcome.Closed, Get("X-A : 1")),
        new("tab before the colon", Outcome.Closed, Get("X-A\t: 1")),
        .. ((string[])["X-A: 1", "Content-Length: 0", "Connection: keep-alive"]).SelectMany(line => (Attempt[])
        [
            new($"fold with a blank after {line}", Outcome.Closed, Get(line, " b")),
            new($"fold with a tab after {line}", Outcome.Closed, Get(line, "\tb")),
            new($"fold of blanks only after {line}", Outcome.Closed, Get(line, "  ")),
        ]),
        new("fold of the first line", Outcome.Closed, Of("GET {path} HTTP/1.1", [" X: 1", "Host: {host}", "{auth}"])),
        new("fold of Host", Outcome.Closed, Of("GET {path} HTTP/1.1", ["Host:", " {host}", "{auth}"])),
        new("fold that hides Transfer-Encoding", Outcome.Closed, Post(Body, "Transfer-Encoding:", " chunked")),
        new("lines ended by LF", Outcome.Closed, Get("X-A: 1").Replace("\r\n", "\n", StringComparison.Ordinal)),
        new("last line ended by LF", Outcome.Closed, "GET {path} HTTP/1.1\r\nHost: {host}\r\n{auth}\n\r\n"),
        new("head ended by LF", Outcome.Closed, "GET {path} HTTP/1.1\r\nHost: {host}\r\n{auth}\r\n\n"),
        new("head ended by CR CR LF", Outcome.Closed, "GET {path} HTTP/1.1\r\nHost: {host}\r\n{auth}\r\n\r\r\n"),
        new("90 header lines", Outcome.Served, Get(Enumerable.Range(0, 88).Select(i => $"X-{i}: 1"))),
        new("101 header lines", Outcome.Closed, Get(Enumerable.Range(0, 99).Select(i => $"X-{i}: 1"))),
        new("20,000 header lines", Outcome.Closed, Get(Enumerable.Range(0, 20_000).Select(_ => "X: 1"))),
        new("25 KB of header", Outcome.Served, Get("X-A: " + new string('a', 25 * 1024))),
        new("70 KB of header", Outcome.Closed, Get("X-A: " + new string('a', 70 * 1024))),
        new("70 KB of header name", Outcome.Closed, Get(new string('A', 70 * 1024) + ": 1")),
        .. ((string[])["Accept", "Content-Type", "User-Agent", "Cookie", "Referer"])
            .Select(name => new Attempt($"control byte in {name}", Outcome.Closed, Get($"{name}: a\u0002b"))),
    ];
}
