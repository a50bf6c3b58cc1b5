using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Shape;

/// <summary>Every module has a page of its own: purpose, verbs in their order, settings.</summary>
internal static class Readmes
{
    public const int MostLines = 40;

    public static IEnumerable<Finding> Check(IReadOnlyCollection<RepositoryFile> files)
    {
        var modules = files.Where(file => file.IsUnder("src")).Select(file => file.Path.Split('/')).Where(path => path.Length > 2);
        foreach (var path in modules.Select(path => $"src/{path[1]}/README.md").Distinct())
        {
            var lines = files.FirstOrDefault(file => file.Path == path)?.Lines.Length;
            if (lines is null)
            {
                yield return new Finding(path, "is missing");
            }
            else if (lines > MostLines)
            {
                yield return new Finding(path, $"has {lines} lines");
            }
        }
    }
}
