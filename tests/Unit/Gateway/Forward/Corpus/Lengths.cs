using Tollgate.Gateway.Forward;

namespace Tollgate.Unit.Gateway.Forward.Corpus;

/// <summary>Where a body ends (RFC 9112 section 6).</summary>
internal static class Lengths
{
    public static IEnumerable<BadResponse> All =>
    [
        .. From(ContentLengths, Flaw.ContentLength),
        .. From(Encodings.Select(head => ("encoding, " + head.Name, head.Lines)), Flaw.TransferEncoding),
        .. From(Both, Flaw.LengthAndEncoding),
        new("length: encoding with HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Flaw.TransferEncoding),
        new("length: encoding of a 204", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Flaw.TransferEncoding),
        new("length: encoding of a 100", "HTTP/1.1 100 Continue\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Flaw.TransferEncoding),
        new("length: encoding of a 103", "HTTP/1.1 103 Early Hints\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Flaw.TransferEncoding),
    ];

    private static IEnumerable<(string Name, string Lines)> ContentLengths =>
    [
        ("empty", "Content-Length:"),
        ("blanks", "Content-Length:   "),
        ("negative", "Content-Length: -1"),
        ("with plus", "Content-Length: +5"),
        ("hexadecimal", "Content-Length: 0x5"),
        ("hexadecimal digit", "Content-Length: a"),
        ("with point", "Content-Length: 5.0"),
        ("exponent", "Content-Length: 1e1"),
        ("with unit", "Content-Length: 5b"),
        ("space inside", "Content-Length: 1 0"),
        ("tab inside", "Content-Length: 1\t0"),
        ("underscore inside", "Content-Length: 1_0"),
        ("list of two", "Content-Length: 5, 6"),
        ("list of equals", "Content-Length: 5, 5"),
        ("comma at the end", "Content-Length: 5,"),
        ("comma first", "Content-Length: ,5"),
        ("semicolon", "Content-Length: 5;"),
        ("quoted", "Content-Length: \"5\""),
        ("word", "Content-Length: five"),
        ("nineteen digits", "Content-Length: 9223372036854775808"),
        ("more than a long", "Content-Length: 99999999999999999999"),
        ("a thousand digits", "Content-Length: " + new string('9', 1000)),
        ("many zeros", "Content-Length: " + new string('0', 500) + "5"),
        ("digits that are not ASCII", "Content-Length: \u00b2"),
        ("two different", "Content-Length: 5\r\nContent-Length: 6"),
        ("two different in other case", "Content-Length: 5\r\ncontent-length: 50"),
        ("three, the last different", "Content-Length: 5\r\nContent-Length: 5\r\nContent-Length: 0"),
    ];

    private static IEnumerable<(string Name, string Lines)> Encodings =>
    [
        ("empty encoding", "Transfer-Encoding:"),
        ("identity", "Transfer-Encoding: identity"),
        ("gzip", "Transfer-Encoding: gzip"),
        ("gzip, chunked", "Transfer-Encoding: gzip, chunked"),
        ("chunked, gzip", "Transfer-Encoding: chunked, gzip"),
        ("chunked, identity", "Transfer-Encoding: chunked, identity"),
        ("chunked twice in a line", "Transfer-Encoding: chunked, chunked"),
        ("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
        ("gzip and chunked in two lines", "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked"),
        ("comma first", "Transfer-Encoding: ,chunked"),
        ("comma last", "Transfer-Encoding: chunked,"),
        ("parameter", "Transfer-Encoding: chunked;q=1"),
        ("quoted", "Transfer-Encoding: \"chunked\""),
        ("chunk", "Transfer-Encoding: chunk"),
        ("xchunked", "Transfer-Encoding: xchunked"),
        ("chunkedx", "Transfer-Encoding: chunkedx"),
        ("chun ked", "Transfer-Encoding: chun ked"),
        ("byte outside ASCII", "Transfer-Encoding: chunked\u00a0"),
    ];

    private static IEnumerable<(string Name, string Lines)> Both =>
    [
        ("length, then encoding", "Content-Length: 5\r\nTransfer-Encoding: chunked"),
        ("encoding, then length", "Transfer-Encoding: chunked\r\nContent-Length: 5"),
        ("encoding and no length", "Transfer-Encoding: chunked\r\nContent-Length: 0"),
        ("both in other case", "TRANSFER-ENCODING: CHUNKED\r\ncontent-length: 3"),
    ];

    private static IEnumerable<BadResponse> From(IEnumerable<(string Name, string Lines)> heads, Flaw flaw) => heads.Select(
        head => new BadResponse("length: " + head.Name, $"HTTP/1.1 200 OK\r\n{head.Lines}\r\n\r\n5\r\nhello\r\n0\r\n\r\n", flaw));
}
