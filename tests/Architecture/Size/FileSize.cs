using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Size;

/// <summary>One idea per file: ceilings that only a file with several ideas meets.</summary>
internal static class FileSize
{
    public const int MostLines = 400;

    /// <summary>The aim is 140 (.editorconfig). Up to 20 more are let through where a break reads worse: a signature, a sentence.</summary>
    public const int MostColumns = 160;

    public static IEnumerable<Finding> CheckLength(RepositoryFile file) =>
        IsSource(file) && file.Lines.Length > MostLines ? [new Finding(file.Path, $"has {file.Lines.Length} lines")] : [];

    public static IEnumerable<Finding> CheckWidth(RepositoryFile file) =>
        IsSource(file) && file.Extension == ".cs"
            ? file.Lines.Index()
                .Where(line => line.Item.Length > MostColumns)
                .Select(line => new Finding($"{file.Path}:{line.Index + 1}", $"has {line.Item.Length} characters"))
            : [];

    private static bool IsSource(RepositoryFile file) =>
        file.IsUnder("src", "tests", "bench") && file.Extension is ".cs" or ".razor" or ".css" or ".js" or ".mjs";
}
