using System.Xml.Linq;
using Tollgate.Architecture.Compiled;

namespace Tollgate.Architecture.Shape;

/// <summary>Every public type says in a sentence what it is.</summary>
internal static class Summaries
{
    /// <summary>Components are told apart by their files: a .razor file has no place for a summary.</summary>
    public static IEnumerable<Finding> Check(IEnumerable<CompiledType> types, XDocument documentation, IReadOnlySet<string> components)
    {
        var summarized = documentation.Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value) || member.Element("summary")?.HasElements == true)
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet();
        return
            from type in types
            where type.IsPublic && !type.IsGenerated && !components.Contains(type.Name) && !summarized.Contains("T:" + type.FullName)
            select new Finding(type.FullName, "has no summary");
    }
}
