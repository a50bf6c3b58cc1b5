namespace Tollgate.Flows.FrontDoor.Corpus;

/// <summary>A try to reach a protected operation; {api} is context and version, {context} the context alone.</summary>
/// <param name="Target">Request target.</param>
/// <param name="Method">Method of the request.</param>
/// <param name="Header">A further header line.</param>
public sealed record PathTrick(string Target, string Method = "GET", string? Header = null);

/// <summary>Spellings under which /locked/x or /admin/x might be reached through /open, or without being recognised.</summary>
public static class PathTricks
{
    // Each stands between /open and the protected segment.
    private static readonly string[] Ascents =
    [
        "/../", "/%2e%2e/", "/%2E%2E/", "/.%2e/", "/%2e./", "/..;/", "/..;a=b/", "/.;/../", "/..%2f", "/..%2F", "/..%5c", "/..\\", "\\..\\",
        "/%2e%2e%2f", "/%2e%2e%5c",
        "/..%252f", "/%252e%252e/", "/%25252e%25252e/", "/..%c0%af", "/..%c1%9c", "/%c0%ae%c0%ae/", "/%e0%80%ae%e0%80%ae/", "/..%e0%80%af", "/%f0%80%80%ae./",
        "/..//", "//../", "/./../", "/.%00./", "/..%00/", "/%00/../", "/..%0d/", "/..%0a/", "/..%09/", "/..%20/", "/%20../", "/..%23/", "/..%3f/", "/..%3b/",
        "/..%u2215", "/%u002e%u002e/", "/x/../../", "/x/%2e%2e/%2e%2e/", "/....//", "/..././", "/..%ff/", "/?/../", "/%3f/../", "?/../", "#/../",
    ];

    // Each is a spelling of /admin/x.
    private static readonly string[] Spellings =
    [
        "{api}/%61dmin/x", "{api}/ADMIN/x", "{api}/admin%2fx", "{api}/admin%5cx", "{api}/admin\\x", "{api}/admin;a=b/x", "{api};a=b/admin/x",
        "{context};a=b/1.0.0/admin/x",
        "{api}//admin/x", "/{api}/admin/x", "//localhost{api}/admin/x", "/.{api}/admin/x", "/%2e{api}/admin/x", "/x/..{api}/admin/x",
        "{api}/./admin/x", "{api}/admin/./x",
        "{api}/admin%00/x", "{api}/admin%20/x", "{api}/admin./x", "{api}/admin%2e/x", "{api}/admin/x/..", "{api}/admin/x%00", "{api}/admin/x.json",
        "{api}/admin/x;.css",
        "{api}/admin/x?", "{api}/admin/x/", "{api}/admin/?x", "{api}/admin", "{api}/%2561dmin/x", "{context}/admin/x", "{context}/1.0/admin/x",
        "{context}/1.0.0%2fadmin/x",
        "{context}%2f1.0.0/admin/x", "http://localhost{api}/admin/x", "http://localhost/..{api}/admin/x", "http://localhost{api}/open/../admin/x",
        "*", "localhost:80",
    ];

    private static readonly string[] Methods = ["HEAD", "OPTIONS", "POST", "PUT", "get", "Get", "TRACE", "CONNECT", "PROPFIND", "GET\u00a0", "FROB"];

    private static readonly string[] Headers =
    [
        "X-HTTP-Method-Override: GET", "Content-Length: 0", "Connection: Authorization", "Connection: close, Host", "X-Forwarded-Prefix: /locked",
        "Authorization: Basic YTpi", "Authorization:", "Cookie: a=b", "Internal-Key: x", "X-JWT-Assertion: e30.e30.", "Host: other.example",
    ];

    public static IEnumerable<PathTrick> All =>
    [
        .. Ascents.SelectMany(ascent => (PathTrick[])[new($"{{api}}/open{ascent}admin/x"), new($"{{api}}/open{ascent}locked/x")]),
        .. Spellings.Select(target => new PathTrick(target)),
        .. Spellings.Select(target => new PathTrick(target.Replace("admin", "locked", StringComparison.Ordinal).Replace("dmin", "ocked",
            StringComparison.Ordinal))),
        .. Methods.Select(method => new PathTrick("{api}/admin/x", method)),
        .. Headers.Select(header => new PathTrick("{api}/admin/x", Header: header)),
        .. Headers.Select(header => new PathTrick("{api}/open/x", "POST", header)),
    ];
}
