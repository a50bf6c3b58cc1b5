namespace Tollgate.Security.Archives;

/// <summary>The paths of an archive's entries: relative, in one spelling, and harmless on every file system.</summary>
internal static class ArchivePath
{
    /// <summary>What is wrong with a path, or null. A folder ends with a slash.</summary>
    public static string? Problem(string path, ArchiveLimits limits)
    {
        if (path.Length == 0 || path.Length > limits.PathLength)
        {
            return $"has a name of {path.Length} characters; 1 to {limits.PathLength} are accepted";
        }

        if (path.Any(c => char.IsControl(c) || c is '\\' or ':'))
        {
            return "has a control character, a backslash or a colon in its name";
        }

        // A leading slash makes the first segment empty.
        var segments = (path.EndsWith('/') ? path[..^1] : path).Split('/');
        if (segments.Length > limits.Depth)
        {
            return $"lies deeper than {limits.Depth} folders";
        }

        return segments.Any(segment => segment.Length == 0 || segment.Trim('.', ' ').Length == 0)
            ? "leads out of the archive or has an empty segment"
            : null;
    }

    /// <summary>What two paths share that would be one file where case does not matter.</summary>
    public static string Key(string path) => path.TrimEnd('/').ToUpperInvariant();
}
