using Tollgate.Architecture.Compiled;

namespace Tollgate.Architecture.Size;

/// <summary>
/// One screen per method, from its first statement to its last, by the sequence points of the compiled body. What a generator wrote or a
/// field's initializer became does not count.
/// </summary>
internal static class MethodSize
{
    public const int MostLines = 60;

    public static IEnumerable<Finding> Check(IEnumerable<CompiledMethod> methods, int mostLines) =>
        from method in methods
        let lines = method.Lines
        where lines is not null && lines.Count > mostLines && !IsNoMethod(method)
        select new Finding(method.FullName, $"has {lines.Count} lines ({lines.Path}:{lines.First})");

    // Static initializers are compiled into one type constructor from wherever they stand; a Razor page into one method.
    private static bool IsNoMethod(CompiledMethod method) => method.Name is ".cctor" or "BuildRenderTree";
}
