namespace Tollgate.Storage.Search;

/// <summary>Whose eyes a list is for: the roles of the person, and which of an API's restrictions count.</summary>
public sealed record Viewer
{
    /// <summary>A publisher: the roles of access control count.</summary>
    public const string Access = "ACCESS";

    /// <summary>A developer or visitor: the roles of visibility count.</summary>
    public const string Visibility = "VISIBILITY";

    internal static readonly string SignedIn = NameKey.Of(Model.Role.Everyone);

    /// <summary>Sees everything: the administrator, or the program itself.</summary>
    public static readonly Viewer Everything = new() { Purpose = Access, SeesAll = true, Keys = [] };

    public required string Purpose { get; init; }

    public bool SeesAll { get; init; }

    /// <summary>What is compared with restrictions; never empty, as an empty list has no SQL.</summary>
    internal IReadOnlyList<string> Keys { get; init; } = [""];

    /// <summary>Who is signed in, with the roles he holds.</summary>
    public static Viewer Of(string purpose, string userName, IEnumerable<string> roles, bool seesAll) => new()
    {
        Purpose = purpose,
        SeesAll = seesAll,
        Keys = ["", SignedIn, KeyOfUser(userName), .. roles.Select(NameKey.Of)],
    };

    /// <summary>Somebody who is not signed in and sees what everybody sees.</summary>
    public static Viewer Visitor(string purpose) => new() { Purpose = purpose };

    /// <summary>SQL: true when the API whose id is in this column admits the viewer. Needs @purpose and @keys.</summary>
    internal string Admits(string column)
    {
        var restrictions = $"SELECT 1 FROM api_roles r WHERE r.api_id = {column} AND r.purpose = @purpose";
        return SeesAll ? "1 = 1" : $"(NOT EXISTS ({restrictions}) OR EXISTS ({restrictions} AND r.role_key IN @keys))";
    }

    // A role cannot have this name: role names have no colon.
    internal static string KeyOfUser(string userName) => "user:" + userName;

    /// <summary>Whether a restriction to these roles admits the viewer; no roles restrict nothing.</summary>
    public bool IsAdmitted(IReadOnlyCollection<string> roles) =>
        SeesAll || roles.Count == 0 || roles.Any(role => Keys.Contains(NameKey.Of(role)));
}
