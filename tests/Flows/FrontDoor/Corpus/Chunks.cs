using static Tollgate.Flows.FrontDoor.Corpus.Heads;

namespace Tollgate.Flows.FrontDoor.Corpus;

/// <summary>Chunked bodies (RFC 9112 section 7.1).</summary>
public static class Chunks
{
    private static readonly string[] WrongSizes =
    [
        "", "g", "-5", "+5", "0x5", "x5", "5x", " 5", "5 5", "5,", "5\u00005", "\u00005", "5\u000b", "FFFFFFFFFFFFFFFF", "8000000000000000",
        "10000000000000005",
        "99999999999999999999", "5\u0001", "\"5\"", "5.0", "\u00b25", "5\r", "5\n",
    ];

    private static readonly string[] WrongExtensions = ["a\nb", "a\rb", "a=\"\n\"", "\n", "\r", "a=b\n0\r\n\r\nGET /x HTTP/1.1"];

    public static IEnumerable<Attempt> All =>
    [
        .. WrongSizes.Select(size => new Attempt($"chunk size {string.Concat(size.Select(Show))}", Outcome.Closed, Chunked($"{size}\r\nhello\r\n0\r\n\r\n"))),
        .. WrongExtensions.Select(
            text => new Attempt($"chunk extension {string.Concat(text.Select(Show))}", Outcome.Closed, Chunked($"5;{text}\r\nhello\r\n0\r\n\r\n"))),
        new("chunk size ended by LF", Outcome.Closed, Chunked("5\nhello\r\n0\r\n\r\n")),
        new("chunk size ended by CR", Outcome.Closed, Chunked("5\rhello\r\n0\r\n\r\n")),
        new("chunk data ended by LF", Outcome.Closed, Chunked("5\r\nhello\n0\r\n\r\n")),
        new("chunk data ended by CR", Outcome.Closed, Chunked("5\r\nhello\r0\r\n\r\n")),
        new("chunk data not ended", Outcome.Closed, Chunked("5\r\nhello0\r\n\r\n")),
        new("chunk data longer than its size", Outcome.Closed, Chunked("5\r\nhello!\r\n0\r\n\r\n")),
        new("chunk data shorter than its size", Outcome.Closed, Chunked("5\r\nhell\r\n0\r\n\r\n")),
        new("last chunk ended by LF", Outcome.Closed, Chunked("5\r\nhello\r\n0\n\r\n")),
        new("chunks ended by LF", Outcome.Closed, Chunked("5\r\nhello\r\n0\r\n\n")),
        new("lines of the body ended by LF", Outcome.Closed, Chunked(Body.Replace("\r\n", "\n", StringComparison.Ordinal))),
        new("second chunk malformed", Outcome.Closed, Chunked("5\r\nhello\r\nz\r\n")),
        new("chunk size in capitals and with zeros", Outcome.Served, Chunked("000A\r\nhello worl\r\n0\r\n\r\n")),
        new("chunk with an extension", Outcome.Served, Chunked("5;a=b;c=\"d\"\r\nhello\r\n0;x\r\n\r\n")),
        new("many chunks", Outcome.Served, Chunked(string.Concat(Enumerable.Repeat("1\r\na\r\n", 500)) + "0\r\n\r\n")),
        new("no data", Outcome.Served, Chunked("0\r\n\r\n")),
        new("trailer", Outcome.Served, Chunked("5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n")),
        new("trailer that would be a length", Outcome.Served, Chunked("5\r\nhello\r\n0\r\nContent-Length: 9\r\nTransfer-Encoding: x\r\nHost: a\r\n\r\n")),
        new("trailer without a colon", Outcome.Closed, Chunked("5\r\nhello\r\n0\r\nX-Sum\r\n\r\n")),
        new("trailer with a blank before the colon", Outcome.Closed, Chunked("5\r\nhello\r\n0\r\nX-Sum : 1\r\n\r\n")),
        new("trailer folded", Outcome.Closed, Chunked("5\r\nhello\r\n0\r\nX-Sum: 1\r\n 2\r\n\r\n")),
        new("trailer ended by LF", Outcome.Closed, Chunked("5\r\nhello\r\n0\r\nX-Sum: 1\nX-B: 2\r\n\r\n")),
        new("trailers of 100 KB", Outcome.Closed, Chunked($"5\r\nhello\r\n0\r\nX-Sum: {new string('a', 100 * 1024)}\r\n\r\n")),
    ];

    /// <summary>A good request that ends early: without its last 1, 8, 15... bytes.</summary>
    public static IEnumerable<Attempt> Truncated =>
        from missing in Enumerable.Range(0, 25)
        let text = Post("4\r\ndata\r\n0\r\n\r\n", "Transfer-Encoding: chunked", "X-Last: 1")
        select new Attempt($"request without its last {1 + (7 * missing)} bytes", Outcome.Cut, text) { Missing = 1 + (7 * missing) };
}
