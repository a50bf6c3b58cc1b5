using Tollgate.Architecture.Compiled;

namespace Tollgate.Architecture.Shape;

/// <summary>A class of one assembly is sealed unless something derives from it.</summary>
internal static class Sealing
{
    public static IEnumerable<Finding> Check(IReadOnlyCollection<CompiledType> types)
    {
        var bases = types.Select(type => type.Base).ToHashSet();
        return
            from type in types
            where !type.IsPublic && !type.IsInterface && !type.IsAbstract && !type.IsSealed && !type.IsGenerated
            where !bases.Contains(type.FullName) && !IsTopLevelProgram(type)
            select new Finding(type.FullName, "is open, and nothing derives from it");
    }

    // The compiler writes this one.
    private static bool IsTopLevelProgram(CompiledType type) => type.FullName == "Program";
}
