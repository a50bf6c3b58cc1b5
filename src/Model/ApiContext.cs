namespace Tollgate.Model;

/// <summary>Rules of the context: the path prefix under which an API is served.</summary>
public static class ApiContext
{
    private const string VersionToken = "{version}";
    private const string OrganizationPrefix = "/t/";
    private const int MaxLength = 232;

    /// <summary>Adds the leading slash and refuses what no path prefix may contain.</summary>
    public static string Check(string? context)
    {
        if (string.IsNullOrWhiteSpace(context))
        {
            throw Refusal.BadRequest("An API needs a context, for example '/orders'.", 900346);
        }

        var path = context.StartsWith('/') ? context : "/" + context;
        if (path.Length > MaxLength)
        {
            throw Refusal.BadRequest($"The context has {path.Length} characters; at most {MaxLength} are allowed.", 900346);
        }

        if (path.StartsWith(OrganizationPrefix, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.BadRequest($"The context '{path}' begins like those of organizations ({OrganizationPrefix}…); choose another one.", 900346);
        }

        foreach (var segment in path[1..].Split('/'))
        {
            CheckSegment(path, segment);
        }

        return path;
    }

    /// <summary>The path gateways serve: behind the organization's, the version in place of its token, else appended.</summary>
    public static string Served(string organization, string context, string version) => Organization.PathOf(organization) + Versioned(context, version);

    /// <summary>The path without a version, under which the default version is served too; null where the version stands inside.</summary>
    public static string? Unversioned(string organization, string context) =>
        context.Contains(VersionToken, StringComparison.Ordinal) ? null : Organization.PathOf(organization) + context;

    private static string Versioned(string context, string version) =>
        context.Contains(VersionToken, StringComparison.Ordinal)
            ? context.Replace(VersionToken, version, StringComparison.Ordinal)
            : $"{context}/{version}";

    private static void CheckSegment(string path, string segment)
    {
        var literal = segment.Replace(VersionToken, "", StringComparison.Ordinal);
        if (segment.Length == 0 || segment is "." or "..")
        {
            throw Refusal.BadRequest(
                $"The context '{path}' has an empty or dot segment; write it like '/orders' or '/v1/orders'.", 900346);
        }

        if (literal.Any(c => !IsAllowed(c)))
        {
            throw Refusal.BadRequest(
                $"The context '{path}' may contain letters, digits, '-', '_', '.', '~' and the token {VersionToken} only.", 900346);
        }
    }

    // RFC 3986 unreserved characters: nothing here is ever percent-encoded, so match, authorise and forward see one spelling.
    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~';
}
