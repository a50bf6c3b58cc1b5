namespace Tollgate.Architecture.Files;

/// <summary>The working copy that this test program was built in.</summary>
internal static class Repository
{
    // Made by tools, never committed.
    private static readonly HashSet<string> Skipped = [".git", ".vs", ".idea", ".tollgate", "artifacts", "bin", "obj"];

    public static readonly string Root = RootAbove(AppContext.BaseDirectory);

    private static readonly Lazy<IReadOnlyList<RepositoryFile>> All = new(() => [.. Read(new DirectoryInfo(Root))]);

    /// <summary>Every text file.</summary>
    public static IReadOnlyList<RepositoryFile> Files => All.Value;

    /// <summary>Every project file under src, tests and bench.</summary>
    public static IReadOnlyList<ProjectFile> Projects =>
        [.. Files.Where(file => file.Extension == ".csproj" && file.IsUnder("src", "tests", "bench")).Select(ProjectFile.Parse)];

    public static RepositoryFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

    /// <summary>The path below the root, or null for a file that is elsewhere or made by the build.</summary>
    public static string? PathOf(string fullPath)
    {
        var path = Path.GetRelativePath(Root, fullPath).Replace('\\', '/');
        return Path.IsPathRooted(path) || path.Split('/').Any(part => part == ".." || Skipped.Contains(part)) ? null : path;
    }

    private static string RootAbove(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Tollgate.slnx")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"no folder above {folder} has Tollgate.slnx");
    }

    private static IEnumerable<RepositoryFile> Read(DirectoryInfo folder) =>
        folder.EnumerateDirectories().Where(child => !Skipped.Contains(child.Name)).SelectMany(Read).Concat(
            from file in folder.EnumerateFiles()
            where file.Name != ".git" // a worktree's pointer to its repository
            let text = File.ReadAllText(file.FullName)
            where !text.Contains('\0', StringComparison.Ordinal)
            select new RepositoryFile(PathOf(file.FullName)!, text));
}
