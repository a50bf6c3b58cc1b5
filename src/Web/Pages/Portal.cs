namespace Tollgate.Web.Pages;

/// <summary>A place of a portal's rail: address below the portal, its name and its icon.</summary>
public sealed record RailPlace(string Path, string Name, string Icon);

/// <summary>One of the three portals.</summary>
/// <param name="Name">As the header says it.</param>
/// <param name="Path">Where all its addresses begin; no slash at the end.</param>
/// <param name="Cookie">Name of the cookie that keeps people signed in, without the common prefix.</param>
public sealed record Portal(string Name, string Path, string Cookie)
{
    public static readonly Portal Publisher = new("Publisher", "/publisher", "publisher")
    {
        Rail = [new("/apis", "APIs", "api")],
        Home = "/apis",
    };

    public static readonly Portal Developer = new("Developer portal", "/devportal", "devportal")
    {
        Rail = [new("/apis", "APIs", "api"), new("/applications", "Applications", "application")],
        Home = "/apis",
        TakesVisitors = true,
    };

    public static readonly Portal Admin = new("Admin", "/admin", "admin")
    {
        Rail =
        [
            new("/policies", "Policies", "policy"), new("/gateways", "Gateways", "node"), new("/approvals", "Approvals", "task"),
            new("/users", "Users", "user"), new("/audit", "Audit log", "audit"),
        ],
        Home = "/policies",
    };

    public static readonly IReadOnlyList<Portal> All = [Publisher, Developer, Admin];

    public IReadOnlyList<RailPlace> Rail { get; private init; } = [];

    /// <summary>The page that the portal opens with, below its path.</summary>
    public string Home { get; private init; } = "";

    /// <summary>Whether some of its pages are for everybody.</summary>
    public bool TakesVisitors { get; private init; }

    /// <summary>The portal that a path belongs to, or null.</summary>
    public static Portal? Of(string path) => All.FirstOrDefault(portal =>
        path.StartsWith(portal.Path, StringComparison.Ordinal) && (path.Length == portal.Path.Length || path[portal.Path.Length] == '/'));

    public string Link(string path) => Path + path;
}
