using Tollgate.Gateway.Forward;

namespace Tollgate.Unit.Gateway.Forward.Corpus;

/// <summary>Chunks and what follows them (RFC 9112 section 7.1).</summary>
internal static class Chunks
{
    private const string Head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    public static IEnumerable<BadResponse> All =>
        [.. From(BadSizes, Flaw.ChunkSize), .. From(Extensions, Flaw.ChunkExtension), .. From(Ends, Flaw.ChunkEnd), .. From(Trailers, Flaw.Trailer)];

    private static IEnumerable<(string Name, string Body)> BadSizes =>
    [
        ("empty size", "\r\nhello\r\n0\r\n\r\n"),
        ("no digits", "x\r\nhello\r\n0\r\n\r\n"),
        ("0x before it", "0x5\r\nhello\r\n0\r\n\r\n"),
        ("negative", "-5\r\nhello\r\n0\r\n\r\n"),
        ("with plus", "+5\r\nhello\r\n0\r\n\r\n"),
        ("space before it", " 5\r\nhello\r\n0\r\n\r\n"),
        ("space behind it", "5 \r\nhello\r\n0\r\n\r\n"),
        ("tab behind it", "5\t\r\nhello\r\n0\r\n\r\n"),
        ("space before the extension", "5 ;a=b\r\nhello\r\n0\r\n\r\n"),
        ("h behind it", "5h\r\nhello\r\n0\r\n\r\n"),
        ("only an extension", ";a=b\r\nhello\r\n0\r\n\r\n"),
        ("bare LF behind it", "5\nhello\r\n0\r\n\r\n"),
        ("bare CR inside", "5\r5\r\nhello\r\n0\r\n\r\n"),
        ("LF only", "\n5\r\nhello\r\n0\r\n\r\n"),
        ("sixteen digits", "1000000000000000\r\nhello\r\n0\r\n\r\n"),
        ("more than a long", "ffffffffffffffffff\r\nhello\r\n0\r\n\r\n"),
        ("overflow to 5", "10000000000000005\r\nhello\r\n0\r\n\r\n"),
        ("many zeros", new string('0', 30) + "5\r\nhello\r\n0\r\n\r\n"),
        ("a line without end", new string('a', 300)),
        ("an extension without end", "5;" + new string('a', 300)),
        ("a long line", "5;" + new string('a', 300) + "\r\nhello\r\n0\r\n\r\n"),
        ("NUL", "5\0\r\nhello\r\n0\r\n\r\n"),
        ("digits that are not ASCII", "\u00b2\r\nhello\r\n0\r\n\r\n"),
        ("point", "5.0\r\nhello\r\n0\r\n\r\n"),
        ("comma", "5,5\r\nhello\r\n0\r\n\r\n"),
        ("bare LF behind the last size", "5\r\nhello\r\n0\n\r\n"),
        ("a response instead", "HTTP/1.1 200 OK\r\n\r\n"),
    ];

    private static IEnumerable<(string Name, string Body)> Extensions =>
    [
        ("bare CR in the extension", "5;a\rb\r\nhello\r\n0\r\n\r\n"),
        ("NUL in the extension", "5;a=\0\r\nhello\r\n0\r\n\r\n"),
        ("control byte in the extension", "5;a=\u0001\r\nhello\r\n0\r\n\r\n"),
        ("DEL in the extension", "5;a=\u007f\r\nhello\r\n0\r\n\r\n"),
        ("too many extensions", string.Concat(Enumerable.Repeat($"1;{new string('a', 200)}\r\nx\r\n", 100)) + "0\r\n\r\n"),
    ];

    private static IEnumerable<(string Name, string Body)> Ends =>
    [
        ("no end of a chunk", "5\r\nhello0\r\n\r\n"),
        ("bare LF behind a chunk", "5\r\nhello\n0\r\n\r\n"),
        ("data longer than its size", "5\r\nhello!\r\n0\r\n\r\n"),
        ("data shorter than its size", "6\r\nhello\r\n0\r\n\r\n"),
        ("two line ends short", "7\r\nhello\r\n0\r\n\r\n"),
        ("CR CR LF behind a chunk", "5\r\nhello\r\r\n0\r\n\r\n"),
        ("space behind a chunk", "5\r\nhello \r\n0\r\n\r\n"),
    ];

    private static IEnumerable<(string Name, string Body)> Trailers =>
    [
        ("no colon in a trailer", "0\r\nnonsense\r\n\r\n"),
        ("bare LF in the trailers", "0\r\nX-A: 1\n\r\n"),
        ("bare LF at the end", "0\r\n\n"),
        ("folded trailer", "0\r\nX-A: 1\r\n 2\r\n\r\n"),
        ("space in a trailer's name", "0\r\nX A: 1\r\n\r\n"),
        ("NUL in a trailer", "0\r\nX-A: \0\r\n\r\n"),
        ("CR in a trailer", "0\r\nX-A: 1\r2\r\n\r\n"),
        ("length in a trailer that is none", "0\r\nContent-Length: x\r\n\r\n"),
        ("a chunk behind the last one", "0\r\n5\r\nhello\r\n0\r\n\r\n"),
        ("too many trailers", "0\r\n" + string.Concat(Enumerable.Repeat("A: 1\r\n", 70)) + "\r\n"),
        ("trailers too large", "0\r\n" + string.Concat(Enumerable.Repeat($"A: {new string('x', 1000)}\r\n", 9)) + "\r\n"),
        ("a trailer without end", "0\r\nA: " + new string('x', 9000)),
    ];

    private static IEnumerable<BadResponse> From(IEnumerable<(string Name, string Body)> bodies, Flaw flaw) =>
        bodies.Select(body => new BadResponse("chunks: " + body.Name, Head + body.Body, flaw));
}
