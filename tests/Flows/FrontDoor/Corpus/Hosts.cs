using static Tollgate.Flows.FrontDoor.Corpus.Heads;

namespace Tollgate.Flows.FrontDoor.Corpus;

/// <summary>Which host is meant (RFC 9112 section 3.2), and HTTP/1.0.</summary>
public static class Hosts
{
    private static readonly string[] Wrong =
    [
        "", " ", "a b", "a\tb", "a/b", "a?b", "a#b", "a@b", "a,b", "a\\b", "a<b", "a>b", "a\"b", "a[b", "a]b", "a^b", "a`b", "a{b", "a}b", "a|b",
        "a%00b", "a\u0001b",
        "a\u007fb", "a:b", "a:", "a:80:80", "a:-1", "[::1", "::1]", "[::g]", "[]", "http://a", "a\u00e9",
    ];

    public static IEnumerable<Attempt> All =>
    [
        .. Wrong.Select(host => new Attempt($"Host: {string.Concat(host.Select(Show))}", Outcome.Closed, Of("GET {path} HTTP/1.1", [$"Host: {host}",
            "{auth}"]))),
        new("no Host", Outcome.Closed, Of("GET {path} HTTP/1.1", ["{auth}"])),
        new("two Hosts, the same", Outcome.Closed, Get("Host: {host}")),
        new("two Hosts, different", Outcome.Closed, Get("Host: other.example")),
        new("two Hosts, one in lower case", Outcome.Closed, Get("host: {host}")),
        new("Host with a blank before the colon", Outcome.Closed, Of("GET {path} HTTP/1.1", ["Host : {host}", "{auth}"])),
        new("absolute-form without Host", Outcome.Closed, Of("GET http://{host}{path} HTTP/1.1", ["{auth}"])),
        new("absolute-form with an empty Host", Outcome.Closed, Of("GET http://{host}{path} HTTP/1.1", ["Host:", "{auth}"])),
        new("absolute-form with two Hosts", Outcome.Closed, Of("GET http://{host}{path} HTTP/1.1", ["Host: {host}", "Host: x", "{auth}"])),
        new("Host of another name", Outcome.Served, Of("GET {path} HTTP/1.1", ["Host: elsewhere.example", "{auth}"])),
        new("Host in capitals", Outcome.Served, Of("GET {path} HTTP/1.1", ["Host: LOCALHOST", "{auth}"])),
        new("Host is an address", Outcome.Served, Of("GET {path} HTTP/1.1", ["Host: [::1]:8280", "{auth}"])),
        new("HTTP/1.0", Outcome.ServedLast, Of("GET {path} HTTP/1.0", ["Host: {host}", "{auth}"])),
        new("HTTP/1.0 without Host", Outcome.ServedLast, Of("GET {path} HTTP/1.0", ["{auth}"])),
        new("HTTP/1.0 that keeps alive", Outcome.Served, Of("GET {path} HTTP/1.0", ["Host: {host}", "{auth}", "Connection: keep-alive"])),
        new("HTTP/1.0 with a body", Outcome.ServedLast, Of("POST {path} HTTP/1.0", ["Host: {host}", "{auth}", "Content-Length: 5"]) + "hello"),
        new("HTTP/1.0 with chunks", Outcome.Closed, Of("POST {path} HTTP/1.0", ["Host: {host}", "{auth}", "Transfer-Encoding: chunked"]) + Body),
        new(
            "HTTP/1.0 with chunks that keeps alive", Outcome.Closed,
            Of("POST {path} HTTP/1.0", ["Host: {host}", "{auth}", "Connection: keep-alive", "Transfer-Encoding: chunked"]) + Body),
        new(
            "HTTP/1.0 with both lengths", Outcome.Closed,
            Of("POST {path} HTTP/1.0", ["Host: {host}", "{auth}", "Content-Length: 5", "Transfer-Encoding: chunked"]) + Body),
        new("HTTP/1.0 with two Hosts", Outcome.Closed, Of("GET {path} HTTP/1.0", ["Host: {host}", "Host: b", "{auth}"])),
        new("Connection: close", Outcome.ServedLast, Get("Connection: close")),
        new("Connection: CLOSE, X-A", Outcome.ServedLast, Get("Connection: CLOSE, X-A", "X-A: 1")),
        .. ((string[])["Host", "Authorization", "X-Forwarded-For", "Content-Length", "Transfer-Encoding", "Connection", "\"", ",,,", "keep-alive"])
            .Select(name => new Attempt($"Connection: {name}", Outcome.Served, Get($"Connection: {name}"))),
        new("Upgrade: h2c", Outcome.Served, Get("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__")),
        new("TE: trailers", Outcome.Served, Get("TE: trailers")),
        new("Expect: something", Outcome.Served, Get("Expect: something")),
        new("Keep-Alive and Proxy-Connection", Outcome.Served, Get("Keep-Alive: timeout=1", "Proxy-Connection: close")),
    ];
}
