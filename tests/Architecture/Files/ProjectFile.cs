using System.Xml.Linq;

namespace Tollgate.Architecture.Files;

/// <summary>What a csproj says of projects and packages.</summary>
/// <param name="Path">Path below the root.</param>
/// <param name="Name">The project's name as the tables write it: without the leading <c>Tollgate.</c></param>
/// <param name="Projects">Projects it references, named the same way.</param>
/// <param name="Packages">Packages it references.</param>
/// <param name="VersionedPackages">Those of them with a version of their own.</param>
internal sealed record ProjectFile(
    string Path, string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, IReadOnlyList<string> VersionedPackages)
{
    public bool IsSource => Path.StartsWith("src/", StringComparison.Ordinal);

    public static ProjectFile Parse(RepositoryFile file)
    {
        var items = XDocument.Parse(file.Text).Descendants().Where(item => item.Attribute("Remove") is null).ToList();
        var packages = items.Where(item => item.Name.LocalName == "PackageReference").ToList();
        return new ProjectFile(
            file.Path,
            ShortName(file.Path),
            [.. items.Where(item => item.Name.LocalName == "ProjectReference").Select(item => ShortName(Included(item)))],
            [.. packages.Select(Included)],
            [.. packages.Where(item => (item.Attribute("Version") ?? item.Attribute("VersionOverride")) is not null).Select(Included)]);
    }

    /// <summary><c>Model</c> for <c>../Model/Tollgate.Model.csproj</c>; the executable keeps its name.</summary>
    public static string ShortName(string projectPath)
    {
        var name = projectPath.Replace('\\', '/').Split('/')[^1];
        name = name.EndsWith(".csproj", StringComparison.Ordinal) ? name[..^".csproj".Length] : name;
        return name.StartsWith("Tollgate.", StringComparison.Ordinal) ? name["Tollgate.".Length..] : name;
    }

    private static string Included(XElement item) =>
        (item.Attribute("Include") ?? item.Attribute("Update"))?.Value ?? throw new FormatException($"{item} names nothing");
}
