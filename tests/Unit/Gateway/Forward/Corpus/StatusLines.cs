using Tollgate.Gateway.Forward;

namespace Tollgate.Unit.Gateway.Forward.Corpus;

/// <summary>First lines (RFC 9112 section 4).</summary>
internal static class StatusLines
{
    private const string Rest = "\r\nContent-Length: 2\r\n\r\nok";

    public static IEnumerable<BadResponse> All =>
    [
        .. Lines.Select(line => new BadResponse("status line: " + line.Name, line.Text + Rest, Flaw.StatusLine)),
        .. Ends.Select(line => new BadResponse("status line: " + line.Name, line.Text, Flaw.LineEnd)),
    ];

    private static IEnumerable<(string Name, string Text)> Lines =>
    [
        ("empty first line", ""),
        ("empty line before it", "\r\nHTTP/1.1 200 OK"),
        ("only a body", "hello"),
        ("HTML", "<html><body>500</body></html>"),
        ("HTTP/0.9", "HTTP/0.9 200 OK"),
        ("HTTP/2", "HTTP/2 200 OK"),
        ("HTTP/2.0", "HTTP/2.0 200 OK"),
        ("HTTP/3.0", "HTTP/3.0 200 OK"),
        ("HTTP/1.2", "HTTP/1.2 200 OK"),
        ("HTTP/1.10", "HTTP/1.10 200 OK"),
        ("HTTP/1.", "HTTP/1. 200 OK"),
        ("HTTP/1", "HTTP/1 200 OK"),
        ("HTTP/11", "HTTP/11 200 OK"),
        ("lower case", "http/1.1 200 OK"),
        ("mixed case", "Http/1.1 200 OK"),
        ("another protocol", "ICY 200 OK"),
        ("RTSP", "RTSP/1.0 200 OK"),
        ("a request", "GET / HTTP/1.1"),
        ("space before it", " HTTP/1.1 200 OK"),
        ("tab before it", "\tHTTP/1.1 200 OK"),
        ("byte order mark before it", "\u00ef\u00bb\u00bfHTTP/1.1 200 OK"),
        ("NUL before it", "\0HTTP/1.1 200 OK"),
        ("no status", "HTTP/1.1"),
        ("space and no status", "HTTP/1.1 "),
        ("two spaces before the status", "HTTP/1.1  200 OK"),
        ("tab before the status", "HTTP/1.1\t200 OK"),
        ("no space before the status", "HTTP/1.1200 OK"),
        ("one digit", "HTTP/1.1 2 OK"),
        ("two digits", "HTTP/1.1 20 OK"),
        ("four digits", "HTTP/1.1 2000 OK"),
        ("letters", "HTTP/1.1 abc OK"),
        ("hexadecimal", "HTTP/1.1 0x1 OK"),
        ("negative", "HTTP/1.1 -20 OK"),
        ("with sign", "HTTP/1.1 +20 OK"),
        ("with point", "HTTP/1.1 20. OK"),
        ("status 000", "HTTP/1.1 000 OK"),
        ("status 099", "HTTP/1.1 099 OK"),
        ("reason without a space", "HTTP/1.1 200OK"),
        ("tab before the reason", "HTTP/1.1 200\tOK"),
        ("NUL in the reason", "HTTP/1.1 200 O\0K"),
        ("control byte in the reason", "HTTP/1.1 200 O\u0001K"),
        ("escape in the reason", "HTTP/1.1 200 \u001b[31mOK"),
        ("DEL in the reason", "HTTP/1.1 200 O\u007fK"),
        ("digits that are not ASCII", "HTTP/1.1 \u00b2\u00b00 OK"),
        ("chunk left over from before", "0"),
        ("SSH", "SSH-2.0-OpenSSH_9.2"),
        ("SMTP", "220 mail.example.com ESMTP"),
        ("TLS alert", "\u0015\u0003\u0001\0\u0002\u0002\u0046"),
    ];

    private static IEnumerable<(string Name, string Text)> Ends =>
    [
        ("bare LF", "HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nok"),
        ("bare LF everywhere", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok"),
        ("LF first", "\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
        ("CR CR LF", "HTTP/1.1 200 OK\r\r\nContent-Length: 2\r\n\r\nok"),
        ("CR in the reason", "HTTP/1.1 200 O\rK\r\nContent-Length: 2\r\n\r\nok"),
        ("header after a bare CR", "HTTP/1.1 200 OK\rContent-Length: 9\r\nContent-Length: 2\r\n\r\nok"),
    ];
}
