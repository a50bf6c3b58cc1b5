using Tollgate.Architecture.Compiled;

namespace Tollgate.Architecture.Shape;

/// <summary>An interface is a seam with two shipped implementations; with one it is a detour.</summary>
internal static class Interfaces
{
    public static IEnumerable<Finding> Check(IReadOnlyCollection<CompiledType> types)
    {
        var byName = types.ToLookup(type => type.FullName);
        var implemented = types.Where(type => !type.IsInterface && !type.IsAbstract)
            .SelectMany(type => Closure(type, byName))
            .ToLookup(name => name);
        return
            from type in types
            where type.IsInterface
            let count = implemented[type.FullName].Count()
            where count < 2
            select new Finding(type.FullName, $"has {count} implementation{(count == 1 ? "" : "s")}");
    }

    // A type has the interfaces it declares, those of its bases, and those that these extend.
    private static HashSet<string> Closure(CompiledType type, ILookup<string, CompiledType> byName)
    {
        HashSet<string> names = [.. type.Interfaces];
        foreach (var ancestor in type.Interfaces.Append(type.Base).SelectMany(name => name is null ? [] : byName[name]))
        {
            names.UnionWith(Closure(ancestor, byName));
        }

        return names;
    }
}
