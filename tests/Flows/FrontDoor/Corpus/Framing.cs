using static Tollgate.Flows.FrontDoor.Corpus.Heads;

namespace Tollgate.Flows.FrontDoor.Corpus;

/// <summary>Where a body ends: Content-Length, Transfer-Encoding and both (RFC 9112 section 6).</summary>
public static class Framing
{
    private static readonly string[] WrongLengths =
    [
        "+5", "-5", "-0", "0x5", "5 5", "5,5", "5, 5", "5, 6", "5a", "a5", "", "5.0", "5e0", "\"5\"", "5;", "5\u00005", "9223372036854775808",
        "18446744073709551616",
        "99999999999999999999999", "999999999999999999999999", "18446744073709551621", "36893488147419103237", "\u00b2", "0b101", "5\u000b", "null",
        "Infinity",
    ];

    private static readonly string[] WrongCodings =
    [
        "chunked, chunked", "chunked,chunked", "identity", "identity, chunked", "chunked, identity", "gzip, chunked", "chunked, gzip", "gzip",
        ", chunked", "chunked,",
        ",chunked", "xchunked", "chunkedx", "chunked;q=1", "chunked; q=0.5", "\"chunked\"", "'chunked'", "chun ked", "chunk\u0000ed",
        "chunked\u0000", "\u000bchunked",
        "chunked\u000b", "\u000cchunked", "chunked\u00a0", "\u0001chunked", "cow", "", "chunked chunked", "chunked\u0085", "trailers, chunked",
        "chunke\u0064\u007f",
        "compress, chunked", "deflate",
    ];

    public static IEnumerable<Attempt> All =>
    [
        .. WrongLengths.Select(value => new Attempt($"Content-Length: {string.Concat(value.Select(Show))}", Outcome.Closed, Post("hello",
            $"Content-Length: {value}"))),
        .. WrongCodings.Select(
            value => new Attempt($"Transfer-Encoding: {string.Concat(value.Select(Show))}", Outcome.Closed, Post(Body, $"Transfer-Encoding: {value}"))),
        .. WrongCodings.Where((_, index) => index % 4 == 0).Select(value => new Attempt(
            $"Content-Length and Transfer-Encoding: {string.Concat(value.Select(Show))}", Outcome.Closed,
            Post(Body, "Content-Length: 15", $"Transfer-Encoding: {value}"))),
        new("Content-Length twice, the same", Outcome.Closed, Post("hello", "Content-Length: 5", "Content-Length: 5")),
        new("Content-Length twice, different", Outcome.Closed, Post("hello", "Content-Length: 5", "Content-Length: 0")),
        new("Content-Length twice, one in lower case", Outcome.Closed, Post("hello", "Content-Length: 5", "content-length: 0")),
        new("Content-Length before chunks", Outcome.Closed, Post(Body, "Content-Length: 4", "Transfer-Encoding: chunked")),
        new("Content-Length after chunks", Outcome.Closed, Post(Body, "Transfer-Encoding: chunked", "Content-Length: 4")),
        new("Content-Length of the whole and chunks", Outcome.Closed, Post(Body, "Content-Length: 15", "Transfer-Encoding: chunked")),
        new("Content-Length 0 and chunks", Outcome.Closed, Post(Body, "Content-Length: 0", "Transfer-Encoding: chunked")),
        new("both lengths with GET", Outcome.Closed, Get("Content-Length: 5", "Transfer-Encoding: chunked") + Body),
        new("Content-Length with a blank before the colon", Outcome.Closed, Post("hello", "Content-Length : 5")),
        new("Content-Length with leading zeros", Outcome.Served, Post("hello", "Content-Length: 0005")),
        new("Content-Length between blanks", Outcome.Served, Post("hello", "Content-Length:  \t5\t ")),
        new("Content-Length 0", Outcome.Served, Post("", "Content-Length: 0")),
        new("no length", Outcome.Served, Post("")),
        new("GET with a body", Outcome.Served, Get("Content-Length: 5") + "hello"),
        new("chunked", Outcome.Served, Chunked(Body)),
        new("CHUNKED", Outcome.Served, Post(Body, "Transfer-Encoding: CHUNKED")),
        new("chunked between blanks", Outcome.Served, Post(Body, "Transfer-Encoding:  \tchunked\t ")),
        new("GET with chunks", Outcome.Served, Get("Transfer-Encoding: chunked") + Body),
        new("Transfer-Encoding twice, the same", Outcome.Closed, Post(Body, "Transfer-Encoding: chunked", "Transfer-Encoding: chunked")),
        new("Transfer-Encoding twice, identity first", Outcome.Closed, Post(Body, "Transfer-Encoding: identity", "Transfer-Encoding: chunked")),
        new("Transfer-Encoding twice, identity last", Outcome.Closed, Post(Body, "Transfer-Encoding: chunked", "Transfer-Encoding: identity")),
        new("Transfer-Encoding twice, the first empty", Outcome.Closed, Post(Body, "Transfer-Encoding:", "Transfer-Encoding: chunked")),
        new("Transfer-Encoding with a blank before the colon", Outcome.Closed, Post(Body, "Transfer-Encoding : chunked")),
        new("Transfer-Encoding with a tab before the colon", Outcome.Closed, Post(Body, "Transfer-Encoding\t: chunked")),
        new("Transfer-Encoding behind LF", Outcome.Closed, Post(Body, "X-A: b\nTransfer-Encoding: chunked")),
        new("Transfer-Encoding behind CR", Outcome.Closed, Post(Body, "X-A: b\rTransfer-Encoding: chunked")),
        new("Transfer-Encoding with NUL in its name", Outcome.Closed, Post(Body, "Transfer-\0Encoding: chunked")),
        new("Transfer-Encoding with LF before its value", Outcome.Closed, Post(Body, "Transfer-Encoding:\n chunked")),
        new("Transfer_Encoding is another header", Outcome.Served, Post("hello", "Content-Length: 5", "Transfer_Encoding: chunked")),
        new("X-Content-Length beside chunks", Outcome.Closed, Post(Body, "X-Content-Length: 4", "Transfer-Encoding: chunked")),
        new("length hidden in a fold", Outcome.Closed, Post("hello", "Content-Length: 5,", " 0")),
        new("body shorter than its length", Outcome.Cut, Post("hel", "Content-Length: 5")),
        new("chunks that do not end", Outcome.Cut, Chunked("5\r\nhello\r\n")),
        new("request inside a body", Outcome.Served, Post("GET /x HTTP/1.1\r\nHost: a\r\n\r\n", "Content-Length: 28")),
    ];
}
