using static Tollgate.Flows.FrontDoor.Corpus.Heads;

namespace Tollgate.Flows.FrontDoor.Corpus;

/// <summary>The four forms of a request target (RFC 9112 section 3.2), paths and queries.</summary>
public static class Targets
{
    private const string RefusedRaw = "\"<>\\^`{|};";
    private const string Controls = "\u0001\u001f\u007f";
    private const string RefusedByKestrel = "\u0080\u00ff\0";

    private static readonly string[] Encodings =
    [
        "%00", "%01", "%0a", "%0D", "%1f", "%7f", "%2f", "%2F", "%5c", "%5C", "%25", "%252f", "%3b", "%c0%af", "%C1%9C", "%e0%80%af", "%f0%80%80%af",
        "%", "%2x",
        "%g0", "%0g", "%u002f", "% 41",
    ];

    public static IEnumerable<Attempt> All =>
    [
        .. (RefusedRaw + Controls).Select(c => new Attempt($"path with {Show(c)}", Outcome.Kept, Line($"GET {{path}}/a{c}b HTTP/1.1"))),
        .. RefusedByKestrel.Select(c => new Attempt($"path with {Show(c)}", Outcome.Closed, Line($"GET {{path}}/a{c}b HTTP/1.1"))),
        .. Encodings.Where(text => !text.Contains(' '))
            .Select(text => new Attempt($"path with {text}", text == "%00" ? Outcome.Closed : Outcome.Kept, Line($"GET {{path}}/a{text}b HTTP/1.1"))),
        .. ((string[])["//", "/./", "/../", "/%2e/", "/%2E%2e/", "/.%2e/", "/..", "/.", "/a/..", "/a//"])
            .Select(text => new Attempt($"path with segment {text}", Outcome.Kept, Line($"GET {{path}}{text} HTTP/1.1"))),
        .. (Controls + RefusedByKestrel).Select(c => new Attempt($"query with {Show(c)}", Outcome.Closed, Line($"GET {{path}}?a{c}b HTTP/1.1"))),
        new("fragment in the path", Outcome.Kept, Line("GET {path}#x HTTP/1.1")),
        new("fragment in the query", Outcome.Closed, Line("GET {path}?a#x HTTP/1.1")),
        new("query of odd bytes", Outcome.Served, Line("GET {path}?a=[b]&{c}|\"<>^`\\%zz%00/../?? HTTP/1.1")),
        new("query that is empty", Outcome.Served, Line("GET {path}? HTTP/1.1")),
        new("path without its slash", Outcome.Closed, Line("GET path HTTP/1.1")),
        new("target is a dot", Outcome.Closed, Line("GET . HTTP/1.1")),
        new("target is a question mark", Outcome.Closed, Line("GET ?a HTTP/1.1")),
        new("absolute-form", Outcome.Served, Line("GET http://{host}{path} HTTP/1.1")),
        new("absolute-form, capital scheme", Outcome.Closed, Line("GET HTTP://{host}{path} HTTP/1.1")),
        new("absolute-form of another host", Outcome.Closed, Line("GET http://other.example{path} HTTP/1.1")),
        new("absolute-form of another port", Outcome.Closed, Line("GET http://localhost:1{path} HTTP/1.1")),
        new("absolute-form with a user", Outcome.Closed, Line("GET http://user@{host}{path} HTTP/1.1")),
        new("absolute-form of another scheme", Outcome.Closed, Line("GET ftp://{host}{path} HTTP/1.1")),
        new("absolute-form without a path", Outcome.Closed, Line("GET http://{host} HTTP/1.1")),
        new("absolute-form without a path, with a query", Outcome.Closed, Line("GET http://{host}?x={path} HTTP/1.1")),
        new("absolute-form without a host", Outcome.Closed, Line("GET http://{path} HTTP/1.1")),
        new("absolute-form with one slash", Outcome.Closed, Line("GET http:/{path} HTTP/1.1")),
        new("absolute-form with three slashes", Outcome.Closed, Line("GET http:///{host}{path} HTTP/1.1")),
        new("absolute-form, dot segments", Outcome.Kept, Line("GET http://{host}{path}/../x HTTP/1.1")),
        new("absolute-form, encoded slash", Outcome.Kept, Line("GET http://{host}{path}%2fx HTTP/1.1")),
        new("asterisk-form", Outcome.Closed, Line("OPTIONS * HTTP/1.1")),
        new("asterisk-form with GET", Outcome.Closed, Line("GET * HTTP/1.1")),
        new("authority-form", Outcome.Closed, Of("CONNECT {host} HTTP/1.1", ["Host: {host}", "{auth}"])),
        new("authority-form of another host", Outcome.Closed, Of("CONNECT other.example:443 HTTP/1.1", ["Host: {host}", "{auth}"])),
        new("authority-form without a port", Outcome.Closed, Of("CONNECT other.example HTTP/1.1", ["Host: other.example", "{auth}"])),
        new("authority-form with GET", Outcome.Closed, Line("GET {host} HTTP/1.1")),
        new("CONNECT with a path", Outcome.Kept, Line("CONNECT {path} HTTP/1.1")),
    ];
}
