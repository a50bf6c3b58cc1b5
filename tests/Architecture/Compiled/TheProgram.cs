using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Compiled;

/// <summary>The assemblies of the program, as they were built together with this test program.</summary>
internal static class TheProgram
{
    private static readonly Lazy<IReadOnlyList<CompiledAssembly>> Loaded = new(() =>
        [.. Repository.Projects.Where(project => project.IsSource).Select(project => CompiledAssembly.Load(PathOf(project.Path)))]);

    private static readonly Lazy<CompiledAssembly> Self = new(() => CompiledAssembly.Load(typeof(TheProgram).Assembly.Location));

    /// <summary>One for every project under src.</summary>
    public static IReadOnlyList<CompiledAssembly> Assemblies => Loaded.Value;

    public static IEnumerable<CompiledType> Types => Assemblies.SelectMany(assembly => assembly.Types);

    /// <summary>Every method body.</summary>
    public static IEnumerable<CompiledMethod> Methods => Assemblies.SelectMany(assembly => assembly.Methods);

    /// <summary>This test program; the checkers are tried on its samples.</summary>
    public static CompiledAssembly Samples => Self.Value;

    /// <summary>Where the executable is built, beside this program and in the same configuration.</summary>
    public static string Folder { get; } = Path.Combine(
        Repository.Root, "artifacts", "bin", "Tollgate", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    public static CompiledAssembly Assembly(string name) => Assemblies.Single(assembly => assembly.Name == name);

    private static string PathOf(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        return Path.Combine(Folder, (name == "Tollgate" ? "tollgate" : name) + ".dll");
    }
}
