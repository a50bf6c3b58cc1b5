namespace Tollgate.Model;

/// <summary>Rules of API names and versions.</summary>
public static class ApiName
{
    public const int MaxLength = 60;

    private const string Forbidden = "~!@#;:%^*()+={}|\\<>\"',&$[]/";

    public static bool IsForbidden(char c) => Forbidden.Contains(c) || char.IsControl(c);

    public static string Check(string? name)
    {
        var trimmed = name?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            throw Refusal.BadRequest("An API needs a name.", 903240);
        }

        if (trimmed.Length > MaxLength)
        {
            throw Refusal.BadRequest($"An API name has at most {MaxLength} characters.", 903240);
        }

        return trimmed.Any(IsForbidden)
            ? throw Refusal.BadRequest($"The API name '{trimmed}' contains one of {Forbidden} or a control character.", 903240)
            : trimmed;
    }

    public static string CheckVersion(string? version)
    {
        if (string.IsNullOrEmpty(version))
        {
            throw Refusal.BadRequest("An API needs a version, for example '1.0.0'.", 903243);
        }

        if (version.Length > 30)
        {
            throw Refusal.BadRequest("A version has at most 30 characters.", 903243);
        }

        // A version is a path segment: only RFC 3986 unreserved characters, and no dot segment.
        return version is "." or ".." || !version.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~')
            ? throw Refusal.BadRequest(
                $"The version '{version}' may contain letters, digits, '-', '_', '.' and '~' only, for example '1.0.0'.", 903243)
            : version;
    }
}
